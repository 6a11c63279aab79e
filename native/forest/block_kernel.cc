#include "forest/block_kernel.h"

#include <algorithm>

#include "forest/kernels/table.h"
#include "forest/scratch.h"

namespace forest {
namespace {

/** Features that are read together: their values stay in the first cache. */
constexpr std::size_t kFeaturesAtOnce = 8;

KernelTable KernelsFor(InstructionSet instructions) {
#ifdef FOREST_X86_KERNELS
  if (instructions == InstructionSet::kAvx512) return Avx512Kernels();
  if (instructions == InstructionSet::kAvx2) return Avx2Kernels();
#endif
  static_cast<void>(instructions);
  return PortableKernels();
}

class PlaneKernel : public BlockKernel {
 public:
  PlaneKernel(std::shared_ptr<PlaneModel const> model, std::uint32_t outputs, BlockForm const& form)
      : model_{std::move(model)}, outputs_{outputs}, form_{form} {
    auto const& features = model_->Features();
    for (auto const& feature : features) {
      numbers_.push_back(feature.feature);
      planes_ += feature.planes + feature.copies;
    }
    for (auto const& tree : model_->OrderedTrees()) {
      auto const& costs = form_.costs;
      trees_cost_ += costs.tree * tree.leaf_size;
      trees_cost_ += tree.template_depth > 0 ? costs.node * (1u << tree.template_depth)
                                             : costs.operation * tree.num_ops;
    }
  }

  std::size_t BlockRows() const override { return form_.rows; }

  void Add(Reader const& reader, std::uint64_t begin, std::size_t rows, TreeRange trees,
           float* margins) const override {
    float* values = nullptr;
    auto const at_once = reader.ReadsAllAtOnce() ? numbers_.size() : kFeaturesAtOnce;
    auto const work = Prepare(at_once, values);
    form_.load_margins(margins, rows, outputs_, work);
    for (std::size_t first = 0; first < numbers_.size(); first += at_once) {
      auto const count = std::min(at_once, numbers_.size() - first);
      MakePlanes(reader, begin, rows, first, count, values, work);
    }
    auto const& ordered = model_->OrderedTrees();
    form_.add_trees(ordered.data(), ordered.size(), trees.begin, trees.end, work);
    form_.store_margins(margins, rows, outputs_, work);
  }

  std::string Name() const override { return model_->HasPrograms() ? "programs" : "planes"; }
  std::size_t Bytes() const override { return model_->Bytes(); }
  double Nanoseconds(std::size_t rows) const override {
    auto const& costs = form_.costs;
    return costs.block + costs.feature * static_cast<double>(numbers_.size()) +
           costs.value * static_cast<double>(rows * numbers_.size()) + costs.plane * planes_ +
           trees_cost_;
  }

 private:
  void MakePlanes(Reader const& reader, std::uint64_t begin, std::size_t rows, std::size_t first,
                  std::size_t count, float* values, BlockWork const& work) const {
    auto const* const features = model_->Features().data() + first;
    auto const* const in_place = reader.InPlace(numbers_[first], begin);
    if (in_place == nullptr) {
      reader.ReadFeatures(numbers_.data() + first, static_cast<std::uint32_t>(count), begin, rows,
                          values, form_.rows);
    }
    for (std::size_t i = 0; i < count; ++i) {
      auto const* column = values + i * form_.rows;
      if (in_place != nullptr) {
        column = reader.InPlace(numbers_[first + i], begin);
        if (column == nullptr) {
          reader.ReadFeatures(&numbers_[first + i], 1, begin, rows, values, form_.rows);
          column = values;
        }
      }
      form_.make_planes(features[i], column, rows, work);
    }
  }

  /** Divides the thread's memory. */
  BlockWork Prepare(std::size_t at_once, float*& values) const {
    auto const rows = static_cast<std::size_t>(form_.rows);
    auto const plane = rows / 8;
    std::size_t const sizes[] = {
        model_->NumPlanes() * plane,     model_->ScratchPlanes() * plane, 2 * rows, rows,
        outputs_ * rows * sizeof(float), at_once * rows * sizeof(float)};
    std::uint8_t* parts[6];
    std::size_t total = 0;
    for (auto const size : sizes) total += Lines(size);
    auto* next = ThreadScratch(total);
    for (int i = 0; i < 6; ++i) {
      parts[i] = next;
      next += Lines(sizes[i]);
    }
    values = reinterpret_cast<float*>(parts[5]);
    return {parts[0], parts[1], parts[2], parts[3], reinterpret_cast<float*>(parts[4])};
  }

  std::shared_ptr<PlaneModel const> model_;
  std::size_t outputs_;
  BlockForm form_;
  std::vector<std::uint32_t> numbers_;
  double planes_ = 0;
  double trees_cost_ = 0;
};

}  // namespace

std::vector<std::unique_ptr<BlockKernel const>> MakeBlockKernels(Trees const& trees,
                                                                 InstructionSet instructions) {
  std::vector<std::unique_ptr<BlockKernel const>> kernels;
  auto const model = std::make_shared<PlaneModel const>(trees);
  if (!model->Fits()) return kernels;
  auto const table = KernelsFor(instructions);
  for (std::size_t i = 0; i < table.num_forms; ++i) {
    kernels.push_back(
        std::make_unique<PlaneKernel const>(model, trees.num_outputs, table.forms[i]));
  }
  return kernels;
}

}  // namespace forest
