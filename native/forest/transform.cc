#include "forest/transform.h"

#include <algorithm>
#include <cmath>

#include "failure.h"

namespace forest {
namespace {

/** XGBoost's smallest step. */
constexpr float kStep = 1e-6f;

struct Objective {
  char const* name;
  Link link;
};

constexpr Objective kObjectives[] = {
    {"reg:squarederror", Link::kIdentity},
    {"reg:linear", Link::kIdentity},
    {"reg:squaredlogerror", Link::kIdentity},
    {"reg:pseudohubererror", Link::kIdentity},
    {"reg:absoluteerror", Link::kIdentity},
    {"reg:quantileerror", Link::kSorted},
    {"reg:expectileerror", Link::kCumulative},
    {"reg:logistic", Link::kSigmoid},
    {"reg:gamma", Link::kExp},
    {"reg:tweedie", Link::kExp},
    {"binary:logistic", Link::kSigmoid},
    {"binary:logitraw", Link::kIdentity},
    {"binary:hinge", Link::kHinge},
    {"count:poisson", Link::kExp},
    {"survival:cox", Link::kExp},
    {"survival:aft", Link::kExp},
    {"multi:softmax", Link::kArgmax},
    {"multi:softprob", Link::kSoftmax},
    {"rank:ndcg", Link::kIdentity},
    {"rank:map", Link::kIdentity},
    {"rank:pairwise", Link::kIdentity},
};

float Sigmoid(float margin) {
  auto const exponent = std::min(-margin, 88.7f);  // beyond it the exponential overflows
  auto const denominator = std::exp(exponent) + 1.0f + 1e-16f;
  return 1.0f / denominator;
}

float SoftPlus(float value) {
  if (value > 0.0f) return value + std::log1p(std::exp(-value));
  return std::log1p(std::exp(value));
}

float InverseSoftPlus(float value) {
  value = std::max(value, kStep);
  return value + std::log(-std::expm1(-value));
}

void Softmax(float* row, std::uint32_t outputs) {
  float largest = row[0];
  for (std::uint32_t i = 1; i < outputs; ++i) largest = std::fmax(row[i], largest);
  double sum = 0;
  for (std::uint32_t i = 0; i < outputs; ++i) {
    row[i] = std::exp(row[i] - largest);
    sum += static_cast<double>(row[i]);
  }
  for (std::uint32_t i = 0; i < outputs; ++i) row[i] /= static_cast<float>(sum);
}

float FirstLargest(float const* row, std::uint32_t outputs) {
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < outputs; ++i) {
    if (row[i] > row[best]) best = i;
  }
  return static_cast<float>(best);
}

/** An insertion sort, which says where a NaN ends up. */
void Sort(float* row, std::uint32_t outputs) {
  for (std::uint32_t i = 1; i < outputs; ++i) {
    auto const value = row[i];
    auto place = i;
    for (; place > 0 && row[place - 1] > value; --place) row[place] = row[place - 1];
    row[place] = value;
  }
}

void Accumulate(float* row, std::uint32_t outputs) {
  float sum = row[0];
  for (std::uint32_t i = 1; i < outputs; ++i) {
    sum += kStep + SoftPlus(row[i]);
    row[i] = sum;
  }
}

}  // namespace

Link LinkOf(std::string const& objective) {
  for (auto const& known : kObjectives) {
    if (objective == known.name) return known.link;
  }
  throw Failure{FailureKind::kModel,
                "the model's objective '" + objective +
                    "' is not one of XGBoost 3.4, so its predictions cannot be "
                    "transformed"};
}

std::vector<float> BaseMargins(std::string const& objective, std::vector<float> base_score,
                               std::uint32_t num_outputs) {
  if (base_score.size() != 1 && base_score.size() != num_outputs) {
    throw Failure{FailureKind::kModel, "the model has " + std::to_string(base_score.size()) +
                                           " base scores for " + std::to_string(num_outputs) +
                                           " outputs; expected one, or one per output"};
  }
  switch (LinkOf(objective)) {
    case Link::kSigmoid:
      for (auto& value : base_score) {
        value = std::min(std::max(value, kStep), 1.0f - kStep);
        value = -std::log(1.0f / value - 1.0f);
      }
      break;
    case Link::kExp:
      for (auto& value : base_score) value = std::log(value);
      break;
    case Link::kCumulative:
      for (std::size_t i = base_score.size() - 1; i > 0; --i) {
        auto const gap = base_score[i] - base_score[i - 1];
        base_score[i] = InverseSoftPlus(gap - kStep);
      }
      break;
    default:
      break;
  }
  if (base_score.size() == 1) base_score.assign(num_outputs, base_score.front());
  return base_score;
}

void TransformRows(Link link, float* values, std::size_t rows, std::uint32_t outputs) noexcept {
  auto const count = rows * outputs;
  switch (link) {
    case Link::kIdentity:
      return;
    case Link::kSigmoid:
      for (std::size_t i = 0; i < count; ++i) values[i] = Sigmoid(values[i]);
      return;
    case Link::kExp:
      for (std::size_t i = 0; i < count; ++i) values[i] = std::exp(values[i]);
      return;
    case Link::kHinge:
      for (std::size_t i = 0; i < count; ++i) values[i] = values[i] > 0.0f ? 1.0f : 0.0f;
      return;
    case Link::kSoftmax:
      for (std::size_t i = 0; i < rows; ++i) Softmax(values + i * outputs, outputs);
      return;
    case Link::kArgmax:
      for (std::size_t i = 0; i < rows; ++i) {
        values[i] = FirstLargest(values + i * outputs, outputs);
      }
      return;
    case Link::kSorted:
      for (std::size_t i = 0; i < rows; ++i) Sort(values + i * outputs, outputs);
      return;
    case Link::kCumulative:
      for (std::size_t i = 0; i < rows; ++i) Accumulate(values + i * outputs, outputs);
      return;
  }
}

}  // namespace forest
