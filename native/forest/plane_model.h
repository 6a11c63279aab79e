// A forest as bit planes: what is compiled once per model and read by the kernels of every
// instruction set.
//
// A plane holds one bit for each row of a block. Each distinct split (feature, threshold or set of
// categories, direction of missing values) has one plane, "the row goes right", shared by all
// trees: large models have few distinct splits. A tree is then a formula over planes that yields
// the bits of the leaf's number.
//
// Planes are numbered, and lie in one piece of memory per thread. An offset is a number times 16;
// kernels with larger planes scale it. The structs below have no functions, since the same function
// compiled for two instruction sets in two files may end up in the program only once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "forest/kernel.h"
#include "forest/trees.h"

namespace forest {

/** Bytes of an offset per plane. */
constexpr std::uint32_t kPlaneUnit = 16;
/** The plane without a set bit, the plane with all bits set, and the first that a program may use.
 */
constexpr std::uint32_t kZeros = 0;
constexpr std::uint32_t kOnes = 1;
constexpr std::uint32_t kFirstTemporary = 2;

/** How a value finds the range of thresholds that it must be compared with. */
enum class BucketMap : std::uint8_t { kLinear, kFloatBits };

/** One feature that some tree splits on. */
struct PlaneFeature {
  std::uint32_t feature = 0;
  bool categorical = false;
  /** Any split sends missing values right. */
  bool missing_matters = false;
  /** Bits of a code. Numeric: the number of thresholds not above the value. Categorical: a number
   * for each category that some split knows, 0 for all others. A missing value's code is 0. */
  std::uint32_t bits = 0;
  /** Planes (numeric: one per threshold, categorical: one per set), and where they begin. */
  std::uint32_t planes = 0;
  std::uint32_t offset = 0;
  /** Planes with missing rows added: copies of planes `copy_of[i]`, and where they begin. */
  std::uint32_t copies = 0;
  std::uint32_t copy_offset = 0;
  std::uint32_t const* copy_of = nullptr;

  /** Numeric: ascending, then NaN, which no value reaches. */
  float const* thresholds = nullptr;
  /** Up to 255 thresholds: a binary search's heap of 256, node 1 first; NaN where there is none. */
  float const* heap = nullptr;
  /** Bucket b begins with code `first_code[b]` and needs up to `steps` comparisons. */
  BucketMap map = BucketMap::kLinear;
  float low = 0;
  float scale = 0;
  std::int32_t low_key = 0;
  std::int32_t key_shift = 0;
  std::int32_t buckets = 0;
  std::uint32_t steps = 0;
  std::uint16_t const* first_code = nullptr;

  /** Categorical: the code of each category below `categories`. */
  std::uint16_t const* code_of_category = nullptr;
  std::uint32_t categories = 0;
  /** Set i has the codes `members[member_begin[i] .. member_begin[i + 1])`. */
  std::uint32_t const* member_begin = nullptr;
  std::uint16_t const* members = nullptr;
};

/** `to = select ? one : zero`, row by row; all are offsets. */
struct PlaneOp {
  std::uint32_t select;
  std::uint32_t zero;
  std::uint32_t one;
  std::uint32_t to;
};

struct PlaneTree {
  /** The tree's place in the model. */
  std::uint32_t number = 0;
  std::uint32_t output = 0;
  std::uint32_t leaf_size = 1;
  /** Bits of a leaf's number. */
  std::uint32_t bits = 0;
  /** Above 0: a complete tree of this depth, its splits' offsets from `nodes`, children first.
   * 0: a program. */
  std::uint32_t template_depth = 0;
  std::uint32_t const* nodes = nullptr;
  PlaneOp const* ops = nullptr;
  std::uint32_t num_ops = 0;
  /** Program: where the bits of the leaf's number are. */
  std::uint32_t const* results = nullptr;
  /** Leaf values by number, `leaf_capacity` for each output, in floats... */
  float const* leaves = nullptr;
  /** ... and up to 256 leaves again as four tables of bytes, the lowest byte's first. */
  std::uint8_t const* leaf_bytes = nullptr;
  std::uint32_t leaf_capacity = 0;
};

/** Compiled from trees; owns everything that its structs point to. */
class PlaneModel {
 public:
  explicit PlaneModel(Trees const& trees);
  PlaneModel(PlaneModel const&) = delete;
  PlaneModel& operator=(PlaneModel const&) = delete;

  /** False: a tree or a feature is too large for planes. The rest is then empty. */
  bool Fits() const { return fits_; }
  std::vector<PlaneFeature> const& Features() const { return features_; }
  /** By output, and in model order within an output; in model order when a tree has vector leaves.
   */
  std::vector<PlaneTree> const& OrderedTrees() const { return trees_; }
  /** Planes that a workspace needs. */
  std::uint32_t NumPlanes() const { return num_planes_; }
  /** Planes for the categories of one feature, while its sets are made. */
  std::uint32_t ScratchPlanes() const { return scratch_planes_; }
  bool HasPrograms() const { return num_ops_ > 0; }
  std::size_t NumOps() const { return num_ops_; }
  std::size_t Bytes() const;

 private:
  friend class PlaneModelBuilder;

  bool fits_ = false;
  std::uint32_t num_planes_ = 0;
  std::uint32_t scratch_planes_ = 0;
  std::size_t num_ops_ = 0;
  std::vector<PlaneFeature> features_;
  std::vector<PlaneTree> trees_;
  // What the structs point into; filled before any pointer is taken.
  std::vector<std::vector<float>> floats_;
  std::vector<std::vector<std::uint16_t>> shorts_;
  std::vector<std::vector<std::uint32_t>> words_;
  std::vector<std::vector<PlaneOp>> ops_;
  std::vector<std::uint8_t> leaf_bytes_;
};

}  // namespace forest
