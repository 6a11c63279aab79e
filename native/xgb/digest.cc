#include "xgb/digest.h"

#include <cstring>
#include <utility>

#include "failure.h"

namespace xgb {
namespace {

constexpr std::uint64_t kPrime = 0x9e3779b97f4a7c15u;

std::uint64_t Mix(std::uint64_t state, std::uint64_t word) {
  state = (state ^ word) * kPrime;
  return state ^ (state >> 29);
}

std::uint64_t Bytes(std::uint64_t state, unsigned char const* data, std::size_t size) {
  // Four independent chains, so that the processor need not wait for one product after the other.
  std::uint64_t chains[4] = {state, state + 1, state + 2, state + 3};
  std::size_t at = 0;
  for (; at + 32 <= size; at += 32) {
    for (std::size_t i = 0; i < 4; ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, data + at + i * 8, 8);
      chains[i] = Mix(chains[i], word);
    }
  }
  for (; at < size; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data + at, size - at < 8 ? size - at : 8);
    chains[0] = Mix(chains[0], word);
  }
  return Mix(Mix(chains[0], chains[1]), Mix(chains[2], chains[3]));
}

std::uint64_t WordOf(unsigned char const* data, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, data, size);
  return word;
}

[[noreturn]] void Differs(std::string const& what) {
  throw Failure{FailureKind::kData,
                "batches: " + what +
                    "; XGBoost reads the data several times, and the factory must give the same "
                    "batches each time it is called"};
}

}  // namespace

std::uint64_t Digest(ArrayView const& array, std::uint8_t const* mask) {
  std::size_t const size = InfoOf(array.element).size;
  auto const* data = static_cast<unsigned char const*>(array.data);
  std::uint64_t state = static_cast<std::uint64_t>(array.element);
  std::uint64_t count = 1;
  for (auto extent : array.shape) {
    state = Mix(state, extent);
    count *= extent;
  }
  if (count == 0) return state;
  if (array.strides.empty() && mask == nullptr) return Bytes(state, data, count * size);
  std::uint64_t const columns = array.shape.size() > 1 ? array.shape[1] : 1;
  std::uint64_t const row_stride = array.strides.empty() ? columns : array.strides[0];
  std::uint64_t const column_stride = array.strides.size() > 1 ? array.strides[1] : 1;
  for (std::uint64_t row = 0; row < array.shape[0]; ++row) {
    bool const valid = mask == nullptr || ((mask[row >> 3] >> (row & 7)) & 1) != 0;
    for (std::uint64_t column = 0; column < columns; ++column) {
      state =
          Mix(state, valid ? WordOf(data + (row * row_stride + column * column_stride) * size, size)
                           : kPrime);
    }
  }
  return state;
}

void PassComparison::Rewind() {
  // libxgboost rewinds before the first pass, too.
  if (at_ > 0) ++pass_;
  at_ = 0;
}

void PassComparison::Batch(BatchPrint print) {
  std::size_t const index = at_++;
  if (pass_ == 0) {
    first_.push_back(std::move(print));
    return;
  }
  auto const number = "batch " + std::to_string(index);
  if (index >= first_.size()) {
    Differs("the first pass had " + std::to_string(first_.size()) + " of them, pass " +
            std::to_string(pass_ + 1) + " has more");
  }
  auto const& before = first_[index];
  if (print.rows != before.rows) {
    Differs(number + " had " + std::to_string(before.rows) + " rows in the first pass and has " +
            std::to_string(print.rows) + " in pass " + std::to_string(pass_ + 1));
  }
  for (std::size_t i = 0; i < before.parts.size() && i < print.parts.size(); ++i) {
    if (print.parts[i].digest == before.parts[i].digest) continue;
    Differs(number + ", " + before.parts[i].name + ", holds other values in pass " +
            std::to_string(pass_ + 1) + " than in the first");
  }
  if (print.parts.size() != before.parts.size()) {
    Differs(number + " has other columns in pass " + std::to_string(pass_ + 1) +
            " than in the first");
  }
}

void PassComparison::End() {
  if (pass_ == 0 || at_ == first_.size()) return;
  Differs("the first pass had " + std::to_string(first_.size()) + " of them, pass " +
          std::to_string(pass_ + 1) + " only " + std::to_string(at_));
}

}  // namespace xgb
