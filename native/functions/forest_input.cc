#include "functions/forest_input.h"

#include <set>
#include <string>
#include <utility>

#include "failure.h"

namespace functions {
namespace {

forest::ElementType ElementOf(xgb::Element element) {
  switch (element) {
    case xgb::Element::kI1:
      return forest::ElementType::kI1;
    case xgb::Element::kU1:
      return forest::ElementType::kU1;
    case xgb::Element::kI2:
      return forest::ElementType::kI2;
    case xgb::Element::kU2:
      return forest::ElementType::kU2;
    case xgb::Element::kF2:
      return forest::ElementType::kF2;
    case xgb::Element::kI4:
      return forest::ElementType::kI4;
    case xgb::Element::kU4:
      return forest::ElementType::kU4;
    case xgb::Element::kF4:
      return forest::ElementType::kF4;
    case xgb::Element::kI8:
      return forest::ElementType::kI8;
    case xgb::Element::kU8:
      return forest::ElementType::kU8;
    case xgb::Element::kF8:
      break;
  }
  return forest::ElementType::kF8;
}

/** One batch of a column, and the rows it holds. */
struct Piece {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  forest::ColumnView view;
};

Piece PieceOf(xgb::Column const& column, xgb::Chunk const& chunk, std::uint64_t begin) {
  forest::ColumnView view;
  view.values = chunk.values.data;
  view.validity = chunk.validity;
  view.validity_offset = chunk.validity_offset;
  if (column.kind == xgb::ColumnKind::kBool) {
    view.type = forest::ElementType::kBit;
    view.bit_offset = chunk.bit_offset;
  } else {
    view.type = ElementOf(chunk.values.element);
  }
  return {begin, begin + chunk.length, view};
}

/** The view of `piece` from row `row` of the table on. */
forest::ColumnView From(Piece const& piece, std::uint64_t row) {
  auto view = piece.view;
  std::uint64_t const skipped = row - piece.begin;
  if (view.type == forest::ElementType::kBit) {
    view.bit_offset += skipped;
  } else {
    view.values =
        static_cast<unsigned char const*>(view.values) + skipped * forest::SizeOf(view.type);
  }
  view.validity_offset += skipped;
  return view;
}

}  // namespace

ForestInput::ForestInput(ForestTable const& table) {
  std::visit([this](auto const& form) { Read(form); }, table);
}

void ForestInput::Read(xgb::ArrayView const& matrix) {
  if (matrix.shape.size() != 2) throw Failure{FailureKind::kType, "expected rows and columns"};
  auto const size = static_cast<std::int64_t>(xgb::InfoOf(matrix.element).size);
  std::uint64_t const columns = matrix.shape[1];
  auto const step = [&](std::size_t dimension, std::uint64_t dense) {
    auto const elements = matrix.strides.empty() ? dense : matrix.strides[dimension];
    return static_cast<std::int64_t>(elements) * size;
  };
  rows_ = matrix.shape[0];
  forest::DenseRows const rows{matrix.data, ElementOf(matrix.element), step(0, columns),
                               step(1, 1)};
  segments_.push_back({0, {rows_, columns, rows}});
}

void ForestInput::Read(std::vector<xgb::Column> const& columns) {
  std::vector<std::vector<Piece>> pieces;
  std::set<std::uint64_t> borders{0};
  rows_ = columns.empty() ? 0 : xgb::CountRows(columns.front());
  for (auto const& column : columns) {
    auto const rows = xgb::CountRows(column);
    if (rows != rows_) {
      throw Failure{FailureKind::kData, "column '" + column.name + "' has " + std::to_string(rows) +
                                            " rows, column '" + columns.front().name + "' has " +
                                            std::to_string(rows_)};
    }
    auto& own = pieces.emplace_back();
    if (column.kind == xgb::ColumnKind::kCategory) {
      auto& codes = codes_.emplace_back(rows);
      auto& mask = masks_.emplace_back(rows / 8 + 1);
      bool const missing = xgb::CopyCodes(column, codes.data(), mask.data());
      forest::ColumnView view;
      view.values = codes.data();
      view.type = forest::ElementType::kI4;
      view.validity = missing ? mask.data() : nullptr;
      own.push_back({0, rows, view});
      continue;
    }
    std::uint64_t row = 0;
    for (auto const& chunk : column.chunks) {
      if (chunk.length == 0) continue;
      own.push_back(PieceOf(column, chunk, row));
      row += chunk.length;
      borders.insert(row);
    }
  }
  borders.erase(rows_);
  std::vector<std::size_t> at(columns.size(), 0);
  for (auto border = borders.begin(); border != borders.end(); ++border) {
    auto const next = std::next(border);
    std::uint64_t const end = next == borders.end() ? rows_ : *next;
    forest::Columns views;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      while (pieces[c][at[c]].end <= *border) ++at[c];
      views.columns.push_back(From(pieces[c][at[c]], *border));
    }
    segments_.push_back({*border, {end - *border, columns.size(), std::move(views)}});
  }
}

void ForestInput::Read(xgb::Sparse const& sparse) {
  index_.Build(sparse);
  rows_ = index_.indptr.size() - 1;
  forest::SparseRows const rows{index_.indptr.data(),  forest::ElementType::kU8,
                                index_.indices.data(), forest::ElementType::kU4,
                                sparse.values.data,    ElementOf(sparse.values.element)};
  segments_.push_back({0, {rows_, sparse.count, rows}});
}

}  // namespace functions
