#include "forest/quadrature.h"

#include <cmath>

namespace forest {
namespace {

constexpr int kPoints = static_cast<int>(kQuadraturePoints);

struct LegendreValue {
  double value;
  double derivative;
};

/** The Legendre polynomial of degree kPoints inside (-1, 1), by its recurrence. */
LegendreValue Legendre(double x) {
  double before = 1.0;
  double value = x;
  for (int n = 2; n <= kPoints; ++n) {
    auto const next = ((2.0 * n - 1.0) * x * value - (n - 1.0) * before) / n;
    before = value;
    value = next;
  }
  return {value, kPoints * (x * value - before) / (x * x - 1.0)};
}

/** Its i-th root from above, by Newton's method from the usual estimate. */
double Root(int i) {
  constexpr double kPi = 3.141592653589793238462643383279502884;
  auto x = std::cos(kPi * (i + 0.75) / (kPoints + 0.5));
  for (int step = 0; step < 64; ++step) {
    auto const [value, derivative] = Legendre(x);
    auto const change = value / derivative;
    x -= change;
    if (std::abs(change) < 1e-15) break;
  }
  return x;
}

}  // namespace

QuadratureRule MakeQuadratureRule() {
  QuadratureRule rule;
  for (int i = 0; i < kPoints; ++i) {
    auto const x = Root(i);
    auto const derivative = Legendre(x).derivative;
    auto const weight = 2.0 / ((1.0 - x * x) * derivative * derivative);
    auto const s = 0.5 * (x + 1.0);
    rule.node[kPoints - 1 - i] = static_cast<float>(s * s);
    rule.weight[kPoints - 1 - i] = static_cast<float>(2.0 * s * (0.5 * weight));
  }
  return rule;
}

}  // namespace forest
