// The kernels of one instruction set, as the rest of the engine sees them: plain functions.
#pragma once

#include <cstddef>
#include <cstdint>

#include "forest/plane_model.h"
#include "forest/row_bits.h"

namespace forest {

/** Memory of one thread for one block; everything 64-byte aligned. */
struct BlockWork {
  std::uint8_t* planes;
  std::uint8_t* scratch;
  std::uint8_t* codes;    // a byte per row, and then another one
  std::uint8_t* missing;  // a byte per row
  float* margins;         // per output, in an order of the kernel's own
};

/** What the steps cost on the machine they were measured on, in nanoseconds. */
struct BlockCosts {
  double block;      // whatever it holds
  double feature;    // whatever its number of rows
  double value;      // of one row, read and quantised
  double plane;      // of one split
  double node;       // of a template
  double operation;  // of a program
  double tree;       // its leaf numbers and values
};

/** Kernels for blocks of `rows` rows: planes of `rows / 8` bytes. */
struct BlockForm {
  std::uint32_t rows;
  BlockCosts costs;
  /** Makes the planes of one feature's splits from its values. */
  void (*make_planes)(PlaneFeature const& feature, float const* values, std::size_t rows,
                      BlockWork const& work);
  /** Adds the trees that are within the range. */
  void (*add_trees)(PlaneTree const* trees, std::size_t count, std::uint32_t begin,
                    std::uint32_t end, BlockWork const& work);
  /** Between the caller's row-major margins and the kernel's order. */
  void (*load_margins)(float const* from, std::size_t rows, std::size_t outputs,
                       BlockWork const& work);
  void (*store_margins)(float* to, std::size_t rows, std::size_t outputs, BlockWork const& work);
};

/** Adds trees [begin, end) for one row. */
using RowBitsFunction = void (*)(RowBits const& bits, float const* row, std::uint32_t begin,
                                 std::uint32_t end, float* margins);

struct KernelTable {
  BlockForm const* forms;  // the largest first
  std::size_t num_forms;
  RowBitsFunction add_row;  // null: not on this instruction set
};

KernelTable PortableKernels();
#ifdef FOREST_X86_KERNELS
KernelTable Avx2Kernels();
KernelTable Avx512Kernels();
#endif

}  // namespace forest
