// Trees over the planes of their splits. See vectors.h on how this file is included.

/** A complete tree, unrolled: the highest bit of the leaf's number is the root's plane, the others
 * are chosen by it from those of its children. */
template <typename P, int kDepth>
struct Complete {
  static constexpr std::uint32_t kNodes = (1u << kDepth) - 1;

  static FOREST_INLINE void Run(std::uint8_t const* planes, std::uint32_t const* nodes, P* bits) {
    constexpr std::size_t kScale = P::kBytes / kPlaneUnit;
    auto const root = P::Load(planes + nodes[kNodes - 1] * kScale);
    if constexpr (kDepth > 1) {
      P left[kDepth - 1], right[kDepth - 1];
      Complete<P, kDepth - 1>::RunChild(planes, nodes, left);
      Complete<P, kDepth - 1>::RunChild(planes, nodes + kNodes / 2, right);
      for (int i = 0; i < kDepth - 1; ++i) bits[i] = P::Select(root, left[i], right[i]);
    }
    bits[kDepth - 1] = root;
  }

  /** Larger trees call one piece of code for their lower parts, so that it stays in the cache of
   * instructions. */
  static FOREST_INLINE void RunChild(std::uint8_t const* planes, std::uint32_t const* nodes,
                                     P* bits) {
    if constexpr (kDepth == 5) {
      RunApart(planes, nodes, bits);
    } else {
      Run(planes, nodes, bits);
    }
  }
  static FOREST_NOINLINE void RunApart(std::uint8_t const* planes, std::uint32_t const* nodes,
                                       P* bits) {
    Run(planes, nodes, bits);
  }
};

template <typename P>
FOREST_INLINE void RunProgram(PlaneTree const& tree, std::uint8_t* planes, P* bits) {
  constexpr std::size_t kScale = P::kBytes / kPlaneUnit;
  auto const* op = tree.ops;
  for (auto const* const end = op + tree.num_ops; op != end; ++op) {
    auto const result =
        P::Select(P::Load(planes + op->select * kScale), P::Load(planes + op->zero * kScale),
                  P::Load(planes + op->one * kScale));
    result.Store(planes + op->to * kScale);
  }
  for (std::uint32_t i = 0; i < tree.bits; ++i) {
    bits[i] = P::Load(planes + tree.results[i] * kScale);
  }
}

template <typename P, int kDepth>
FOREST_NOINLINE void AddComplete(PlaneTree const& tree, BlockWork const& work) {
  P bits[8];
  for (int i = kDepth; i < 8; ++i) bits[i] = P::Fill(0);
  Complete<P, kDepth>::Run(work.planes, tree.nodes, bits);
  AddLeaves<P, false>(tree, bits, work.margins);
}

template <typename P>
FOREST_NOINLINE void AddProgram(PlaneTree const& tree, BlockWork const& work) {
  P bits[16];
  for (int i = 0; i < 16; ++i) bits[i] = P::Fill(0);
  RunProgram(tree, work.planes, bits);
  if (tree.bits <= 8) {
    AddLeaves<P, false>(tree, bits, work.margins);
  } else {
    AddLeaves<P, true>(tree, bits, work.margins);
  }
}

template <typename P>
void AddTrees(PlaneTree const* trees, std::size_t count, std::uint32_t begin, std::uint32_t end,
              BlockWork const& work) {
  P::Fill(0).Store(work.planes + kZeros * P::kBytes);
  P::Fill(0xff).Store(work.planes + kOnes * P::kBytes);
  for (std::size_t i = 0; i < count; ++i) {
    auto const& tree = trees[i];
    if (tree.number < begin || tree.number >= end) continue;
    switch (tree.template_depth) {
      case 0:
        AddProgram<P>(tree, work);
        break;
      case 1:
        AddComplete<P, 1>(tree, work);
        break;
      case 2:
        AddComplete<P, 2>(tree, work);
        break;
      case 3:
        AddComplete<P, 3>(tree, work);
        break;
      case 4:
        AddComplete<P, 4>(tree, work);
        break;
      case 5:
        AddComplete<P, 5>(tree, work);
        break;
      case 6:
        AddComplete<P, 6>(tree, work);
        break;
      case 7:
        AddComplete<P, 7>(tree, work);
        break;
      default:
        AddComplete<P, 8>(tree, work);
        break;
    }
  }
}

template <typename P>
constexpr BlockForm MakeForm(BlockCosts costs) {
  return {8 * P::kBytes, costs, MakePlanes<P>, AddTrees<P>, LoadMargins<P>, StoreMargins<P>};
}
