// Contributions of features: XGBoost's TreeSHAP by quadrature, for as many rows at once as there
// are lanes. Every lane does XGBoost's operations in XGBoost's order, so the bits are the same. See
// float_lanes.h on how this file is included.
//
// A path through a tree meets each feature with a ratio p: how much likelier the path becomes when
// the feature has the row's value instead of a random one (0 when the row does not take the path).
// The share of a feature in a leaf is an integral over [0, 1] of a product of factors 1 + (p - 1)
// t, taken at a few points: on the way down the product is kept, on the way up the sums of the
// leaves below.

struct Product {
  Floats at[kQuadraturePoints];
};

/** One tree, from its root. With kPairs also the interactions of each split with the others on its
 * path. */
template <bool kPairs>
class ContributionWalk {
 public:
  ContributionWalk(ContributionArrays const& arrays, ContributionTree const& tree,
                   QuadratureRule const& rule, ContributionWork const& work)
      : arrays_{arrays}, tree_{tree}, rule_{rule}, work_{work} {}

  void Run() {
    if (arrays_.nodes[tree_.root].left == model::kNoNode) return;
    Product product;
    for (auto& factor : product.at) factor = one_;
    Product sums;
    Visit(tree_.root, product, sums);
  }

 private:
  static constexpr std::size_t kLanes = Floats::kLanes;

  Floats Point(std::size_t i) const { return Floats::Fill(rule_.node[i]); }

  /** Where a feature of this tree stands among those of the model. */
  std::size_t PlaceOf(std::uint32_t slot) const {
    return arrays_.places[tree_.places_begin + slot];
  }

  Mask GoesLeft(ContributionNode const& node) const {
    auto const* const values = work_.values + node.place * kLanes;
    auto const value = Floats::Load(values);
    // A lane whose value is missing is in neither set: NaN is below nothing.
    auto const left = node.set == kNumeric ? Floats::Less(value, Floats::Fill(node.threshold))
                                           : IsNotInSet(node, values);
    return node.default_left ? Mask::Or(left, Floats::IsNan(value)) : left;
  }

  /** The lanes whose value is there and none of the categories that go right. */
  Mask IsNotInSet(ContributionNode const& node, float const* values) const {
    auto const* const words = arrays_.set_words + node.set;
    std::uint32_t bits = 0;
    for (std::size_t l = 0; l < kLanes; ++l) {
      auto const value = values[l];
      if (value != value) continue;
      bool right = false;
      if (value >= 0 && value < kCategoryLimit) {
        auto const category = static_cast<std::uint32_t>(value);
        auto const word = category / 32;
        right = word < node.set_words && (words[word] >> (category % 32) & 1) != 0;
      }
      if (!right) bits |= std::uint32_t{1} << l;
    }
    return Mask::FromBits(bits);
  }

  void Visit(std::uint32_t at, Product const& product, Product& sums) {
    auto const& node = arrays_.nodes[at];
    if (node.left == model::kNoNode) {
      auto const leaf = Floats::Fill(arrays_.leaf_values[node.leaf + tree_.leaf_offset]);
      for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
        sums.at[i] = product.at[i] * leaf * Floats::Fill(rule_.weight[i]);
      }
      return;
    }
    auto const child = static_cast<std::uint32_t>(node.left);
    auto const left = GoesLeft(node);
    Product right_sums;
    VisitChild(node.slot, child, left, product, sums);
    VisitChild(node.slot, child + 1, Mask::Not(left), product, right_sums);
    for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
      sums.at[i] = sums.at[i] + right_sums.at[i];
    }
  }

  void VisitChild(std::uint32_t slot, std::uint32_t child, Mask takes, Product const& product,
                  Product& sums) {
    auto* const path = work_.path + slot * kLanes;
    bool const seen = work_.seen[slot] != 0;
    auto const old = seen ? Floats::Load(path) : one_;
    auto const ratio =
        Floats::Select(takes, old / Floats::Fill(arrays_.nodes[child].weight), Floats::Fill(0));
    Product next;
    for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
      next.at[i] = product.at[i] * (one_ + (ratio - one_) * Point(i));
    }
    auto const old_counts = Floats::Differ(old, one_);
    if (seen) {
      for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
        auto const without = next.at[i] / (one_ + (old - one_) * Point(i));
        next.at[i] = Floats::Select(old_counts, without, next.at[i]);
      }
    }
    ratio.Store(path);
    if (!seen) {
      work_.seen[slot] = 1;
      work_.seen_slots[num_seen_++] = slot;
    }
    Visit(child, next, sums);
    AddShare(slot, ratio, old, seen, sums);
    if constexpr (kPairs) AddPairs(slot, ratio, old, seen, sums);
    if (seen) {
      old.Store(path);
    } else {
      work_.seen[slot] = 0;
      --num_seen_;
    }
  }

  void AddShare(std::uint32_t slot, Floats ratio, Floats old, bool seen, Product const& sums) {
    auto share = Floats::Fill(0);
    auto const enters = Floats::Differ(ratio, one_);
    for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
      auto const gain = ratio - one_;
      auto const term = gain * sums.at[i] / (one_ + gain * Point(i));
      share = share + Floats::Select(enters, term, Floats::Fill(0));
    }
    if (seen) {
      auto const leaves = Floats::Differ(old, one_);
      for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
        auto const gain = old - one_;
        auto const term = gain * sums.at[i] / (one_ + gain * Point(i));
        share = share - Floats::Select(leaves, term, Floats::Fill(0));
      }
    }
    if constexpr (kPairs) share = Floats::Fill(tree_.weight) * share;
    auto* const to = work_.contributions + (kPairs ? PlaceOf(slot) : slot) * kLanes;
    (Floats::Load(to) + share).Store(to);
  }

  /** The same edge seen from every other feature on the path. */
  void AddPairs(std::uint32_t slot, Floats ratio, Floats old, bool seen, Product const& sums) {
    Product edge;
    for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
      auto const gain = ratio - one_;
      edge.at[i] = gain / (one_ + gain * Point(i));
      if (seen) {
        auto const old_gain = old - one_;
        edge.at[i] = edge.at[i] - old_gain / (one_ + old_gain * Point(i));
      }
    }
    auto* const row = work_.interactions + PlaceOf(slot) * arrays_.num_places * kLanes;
    for (std::uint32_t k = 0; k < num_seen_; ++k) {
      auto const partner = work_.seen_slots[k];
      if (partner == slot) continue;
      auto const other = Floats::Load(work_.path + partner * kLanes);
      auto const gain = other - one_;
      auto sum = Floats::Fill(0);
      for (std::size_t i = 0; i < kQuadraturePoints; ++i) {
        sum = sum + gain * sums.at[i] * edge.at[i] / (one_ + gain * Point(i));
      }
      sum = Floats::Select(Floats::Differ(other, one_), sum, Floats::Fill(0));
      auto* const to = row + PlaceOf(partner) * kLanes;
      (Floats::Load(to) + Floats::Fill(tree_.weight) * sum).Store(to);
    }
  }

  ContributionArrays const& arrays_;
  ContributionTree const& tree_;
  QuadratureRule const& rule_;
  ContributionWork const& work_;
  Floats const one_ = Floats::Fill(1);
  std::uint32_t num_seen_ = 0;
};

void AddContributions(ContributionArrays const& arrays, ContributionTree const& tree,
                      QuadratureRule const& rule, ContributionWork const& work) {
  if (work.interactions != nullptr) {
    ContributionWalk<true>{arrays, tree, rule, work}.Run();
  } else {
    ContributionWalk<false>{arrays, tree, rule, work}.Run();
  }
}

constexpr ContributionKernel kContributions = {Floats::kLanes, &AddContributions};
