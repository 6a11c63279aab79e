#include "forest/program.h"

#include <algorithm>
#include <cstdlib>

namespace forest {
namespace {

int BitsFor(std::uint32_t count) {
  int bits = 0;
  while ((std::uint64_t{1} << bits) < count) ++bits;
  return bits;
}

/** Bits in which numbers of [begin, begin + count) differ. */
std::uint32_t VaryingBits(std::uint32_t begin, std::uint32_t count) {
  auto differing = begin ^ (begin + count - 1);
  std::uint32_t bits = 0;
  for (; differing != 0; differing >>= 1) ++bits;
  return bits;
}

/** A plane that tells whether a stretch of a path was left in it, perhaps inverted. */
struct Exit {
  std::uint32_t plane = kZeros;
  bool inverted = false;
};

/** The bits of the leaf's number within a part of a tree, one plane per bit. */
using Value = std::vector<std::uint32_t>;

/**
 * The tree is cut into heavy paths: from a node always to the child with more leaves. The subtrees
 * that hang off a path are the items of a list, "the first one that the row leaves the path for",
 * and a list can be halved anywhere: a long chain of single leaves becomes a shallow formula.
 * Halves are balanced by leaves, and a complete tree comes out as itself.
 *
 * Leaves are numbered so that a part's numbers are consecutive and share their high bits where they
 * can: bits that do not differ cost nothing.
 */
class Compiler {
 public:
  Compiler(Trees const& trees, Tree const& tree, std::vector<std::uint32_t> const& planes)
      : trees_{trees}, tree_{tree}, planes_{planes}, leaves_below_(tree.num_nodes, 1) {
    CountLeaves();
  }

  Program Compile() {
    bits_ = static_cast<std::size_t>(BitsFor(tree_.num_leaves));
    program_.leaves.resize(tree_.num_leaves);
    program_.results = CompilePath(0, 0);
    return std::move(program_);
  }

 private:
  /** What leaves a path at a node, or the leaf at its end. */
  struct Item {
    std::uint32_t node;  // from the tree's root
    Exit exit;           // unused for the last
    std::uint32_t leaves_before;
  };

  Node const& At(std::uint32_t node) const { return trees_.nodes[tree_.root + node]; }
  std::uint32_t Left(std::uint32_t node) const {
    return static_cast<std::uint32_t>(At(node).left) - tree_.root;
  }
  std::uint32_t Right(std::uint32_t node) const {
    return static_cast<std::uint32_t>(At(node).right) - tree_.root;
  }

  // Children stand behind their parents.
  void CountLeaves() {
    for (auto node = tree_.num_nodes; node-- > 0;) {
      if (!At(node).IsLeaf()) {
        leaves_below_[node] = leaves_below_[Left(node)] + leaves_below_[Right(node)];
      }
    }
  }

  Value Constant(std::uint32_t number) const {
    Value value(bits_);
    for (std::size_t bit = 0; bit < bits_; ++bit) {
      value[bit] = (number >> bit & 1) != 0 ? kOnes : kZeros;
    }
    return value;
  }

  Value CompilePath(std::uint32_t node, std::uint32_t first_number) {
    std::vector<Item> items;
    std::uint32_t leaves = 0;
    while (!At(node).IsLeaf()) {
      bool const right_is_heavy = leaves_below_[Right(node)] > leaves_below_[Left(node)];
      auto const light = right_is_heavy ? Left(node) : Right(node);
      items.push_back({light, {planes_[tree_.root + node], right_is_heavy}, leaves});
      leaves += leaves_below_[light];
      node = right_is_heavy ? Right(node) : Left(node);
    }
    items.push_back({node, {}, leaves});
    Exit none;
    return CompileItems(items, 0, items.size(), first_number, false, none);
  }

  /** Items [begin, end), numbered from `first_number`; `exit` is made when it is asked for. */
  Value CompileItems(std::vector<Item> const& items, std::size_t begin, std::size_t end,
                     std::uint32_t first_number, bool exit_wanted, Exit& exit) {
    if (end - begin == 1) {
      auto const node = items[begin].node;
      exit = items[begin].exit;
      if (!At(node).IsLeaf()) return CompilePath(node, first_number);
      program_.leaves[first_number] = tree_.root + node;
      return Constant(first_number);
    }
    auto const leaves_to = [&](std::size_t place) {
      return place < items.size() ? items[place].leaves_before : items.back().leaves_before + 1;
    };
    auto const total = leaves_to(end) - items[begin].leaves_before;
    auto middle = begin + 1;
    auto const imbalance = [&](std::size_t place) {
      auto const front = leaves_to(place) - items[begin].leaves_before;
      return std::abs(2 * static_cast<std::int64_t>(front) - static_cast<std::int64_t>(total));
    };
    while (middle + 1 < end && imbalance(middle + 1) < imbalance(middle)) ++middle;
    auto const front = leaves_to(middle) - items[begin].leaves_before;
    bool const single = middle == begin + 1;
    bool const back_first =
        NumberBackFirst(first_number, front, total - front, single && items[begin].exit.inverted);
    auto const front_number = back_first ? first_number + (total - front) : first_number;
    auto const back_number = back_first ? first_number : first_number + front;
    Exit front_exit, back_exit;
    auto taken = CompileItems(items, begin, middle, front_number, true, front_exit);
    auto rest = CompileItems(items, middle, end, back_number, exit_wanted, back_exit);
    for (std::size_t bit = 0; bit < bits_; ++bit) {
      taken[bit] = Select(front_exit, rest[bit], taken[bit]);
    }
    if (exit_wanted) {
      exit = Either(front_exit, back_exit);
      Release(back_exit.plane);
    }
    Release(front_exit.plane);
    return taken;
  }

  /** Which half has the lower numbers: the choice with fewer differing bits, or else the one in
   * which the highest bit is the exit's plane itself. */
  static bool NumberBackFirst(std::uint32_t number, std::uint32_t front, std::uint32_t back,
                              bool inverted) {
    auto const as_is = VaryingBits(number, front) + VaryingBits(number + front, back);
    auto const swapped = VaryingBits(number, back) + VaryingBits(number + back, front);
    if (as_is != swapped) return swapped < as_is;
    return !inverted;
  }

  /** `exit ? taken : rest`. Takes over the two planes; the exit's stays. */
  std::uint32_t Select(Exit exit, std::uint32_t rest, std::uint32_t taken) {
    if (rest == taken) return rest;  // both the same constant: no two parts share another plane
    if (exit.inverted) std::swap(rest, taken);
    if (rest == kZeros && taken == kOnes) {
      Retain(exit.plane);
      return exit.plane;
    }
    auto const result = Emit(exit.plane, rest, taken);
    Release(rest);
    Release(taken);
    return result;
  }

  /** The planes of both stay. */
  Exit Either(Exit a, Exit b) {
    if (a.inverted && b.inverted) return {Emit(a.plane, kZeros, b.plane), true};
    if (b.inverted) std::swap(a, b);
    // Now b is not inverted.
    if (a.inverted) return {Emit(a.plane, kOnes, b.plane), false};
    return {Emit(a.plane, b.plane, kOnes), false};
  }

  std::uint32_t Emit(std::uint32_t select, std::uint32_t zero, std::uint32_t one) {
    std::uint32_t temporary;
    if (free_.empty()) {
      temporary = program_.temporaries++;
      uses_.push_back(0);
    } else {
      temporary = free_.back();
      free_.pop_back();
    }
    uses_[temporary] = 1;
    program_.ops.push_back({select, zero, one, kTemporary | temporary});
    return kTemporary | temporary;
  }

  void Retain(std::uint32_t plane) {
    if ((plane & kTemporary) != 0) ++uses_[plane & ~kTemporary];
  }
  void Release(std::uint32_t plane) {
    if ((plane & kTemporary) == 0) return;
    if (--uses_[plane & ~kTemporary] == 0) free_.push_back(plane & ~kTemporary);
  }

  Trees const& trees_;
  Tree const& tree_;
  std::vector<std::uint32_t> const& planes_;
  std::vector<std::uint32_t> leaves_below_;
  std::size_t bits_ = 0;
  Program program_;
  std::vector<std::uint32_t> uses_;
  std::vector<std::uint32_t> free_;
};

}  // namespace

Program CompileProgram(Trees const& trees, Tree const& tree,
                       std::vector<std::uint32_t> const& plane_of_node) {
  return Compiler{trees, tree, plane_of_node}.Compile();
}

}  // namespace forest
