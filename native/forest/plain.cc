#include "forest/plain.h"

namespace forest {
namespace {

/** Per level of a tree: a load of the node, one of the value, and a branch that is often wrong. */
constexpr double kNanosecondsPerLevel = 15.0;

class PlainKernel : public RowKernel {
 public:
  explicit PlainKernel(Trees const& trees) : trees_{trees} {}

  void Add(float const* row, TreeRange range, float* margins) const noexcept override {
    AddTreesPlainly(trees_, range.begin, range.end, row, margins);
  }
  std::string Name() const override { return "plain"; }
  std::size_t Bytes() const override { return 0; }
  double NanosecondsPerRow() const override {
    double levels = 0;
    for (auto const& tree : trees_.trees) levels += tree.depth + 1;
    return levels * kNanosecondsPerLevel;
  }

 private:
  Trees const& trees_;
};

}  // namespace

std::unique_ptr<RowKernel const> MakePlainKernel(Trees const& trees) {
  return std::make_unique<PlainKernel const>(trees);
}

}  // namespace forest
