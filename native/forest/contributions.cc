#include "forest/contributions.h"

#include <algorithm>

#include "forest/quadrature.h"

namespace forest {

ContributionKernel ContributionKernelFor(InstructionSet instructions) {
#ifdef FOREST_X86_KERNELS
  if (instructions == InstructionSet::kAvx512) return Avx512Contributions();
  if (instructions == InstructionSet::kAvx2) return Avx2Contributions();
#endif
  static_cast<void>(instructions);
  return PortableContributions();
}

Contributions::Contributions(Trees const& trees, ContributionKernel kernel)
    : num_features_{trees.num_features},
      num_outputs_{trees.num_outputs},
      kernel_{kernel},
      rule_{MakeQuadratureRule()},
      model_{trees} {}

Contributions::Block::Block(Contributions const& of, bool interactions)
    : of_{of},
      interactions_{interactions},
      lanes_{of.kernel_.lanes},
      used_{of.model_.UsedFeatures().size()},
      values_(used_ * lanes_),
      path_(of.model_.MostFeaturesOfTree() * lanes_),
      seen_(of.model_.MostFeaturesOfTree()),
      seen_slots_(of.model_.MostFeaturesOfTree()),
      of_tree_(interactions ? 0 : of.model_.MostFeaturesOfTree() * lanes_),
      sums_(used_ * lanes_),
      pairs_(interactions ? used_ * used_ * lanes_ : 0) {}

void Contributions::Block::Predict(Reader const& reader, std::uint64_t begin, std::size_t rows,
                                   std::uint32_t end_tree, float const* margins, float* out) {
  Read(reader, begin, rows);
  for (std::size_t output = 0; output < of_.num_outputs_; ++output) {
    auto const mean = Add(output, end_tree);
    for (std::size_t row = 0; row < rows; ++row) {
      auto const place = row * of_.num_outputs_ + output;
      auto const bias = mean + margins[place];
      auto* const to = out + place * of_.PerOutput(interactions_);
      if (interactions_) {
        WriteInteractions(row, bias, to);
      } else {
        WriteValues(row, bias, to);
      }
    }
  }
}

void Contributions::Block::Read(Reader const& reader, std::uint64_t begin, std::size_t rows) {
  // Lanes without a row are computed too, and must not be what is slow or traps.
  if (rows < lanes_) std::fill(values_.begin(), values_.end(), 0.0f);
  auto const& used = of_.model_.UsedFeatures();
  reader.ReadFeatures(used.data(), static_cast<std::uint32_t>(used.size()), begin, rows,
                      values_.data(), lanes_);
}

/** Sums one output's trees; answers their mean. */
float Contributions::Block::Add(std::size_t output, std::uint32_t end_tree) {
  std::fill(sums_.begin(), sums_.end(), 0.0f);
  std::fill(pairs_.begin(), pairs_.end(), 0.0f);
  double mean = 0;
  for (auto const& tree : of_.model_.TreesOf(output)) {
    if (tree.number >= end_tree) break;
    mean += tree.mean * static_cast<double>(tree.weight);
    if (interactions_) {
      Walk(tree, sums_.data(), pairs_.data());
    } else {
      AddTree(tree);
    }
  }
  return static_cast<float>(mean);
}

/** XGBoost sums each tree by itself first, though not for interactions. */
void Contributions::Block::AddTree(ContributionTree const& tree) {
  std::fill_n(of_tree_.begin(), tree.num_features * lanes_, 0.0f);
  Walk(tree, of_tree_.data(), nullptr);
  auto const* const places = of_.model_.Arrays().places + tree.places_begin;
  for (std::uint32_t slot = 0; slot < tree.num_features; ++slot) {
    auto* const to = &sums_[places[slot] * lanes_];
    auto const* const from = &of_tree_[slot * lanes_];
    for (std::size_t l = 0; l < lanes_; ++l) to[l] += from[l] * tree.weight;
  }
}

void Contributions::Block::Walk(ContributionTree const& tree, float* contributions,
                                float* interactions) {
  of_.kernel_.add(of_.model_.Arrays(), tree, of_.rule_,
                  {values_.data(), path_.data(), seen_.data(), seen_slots_.data(), contributions,
                   interactions});
}

void Contributions::Block::WriteValues(std::size_t lane, float bias, float* out) const {
  auto const& used = of_.model_.UsedFeatures();
  std::fill_n(out, of_.num_features_, 0.0f);
  for (std::size_t a = 0; a < used_; ++a) out[used[a]] = sums_[a * lanes_ + lane];
  out[of_.num_features_] = bias;
}

/** Symmetric, and each row sums to the feature's contribution. */
void Contributions::Block::WriteInteractions(std::size_t lane, float bias, float* out) const {
  auto const& used = of_.model_.UsedFeatures();
  auto const width = of_.num_features_ + 1;
  auto const at = [&](std::size_t a, std::size_t b) -> float& {
    return out[used[a] * width + used[b]];
  };
  auto const pair = [&](std::size_t a, std::size_t b) {
    return pairs_[(a * used_ + b) * lanes_ + lane];
  };
  std::fill_n(out, width * width, 0.0f);
  for (std::size_t a = 0; a < used_; ++a) {
    for (std::size_t b = a + 1; b < used_; ++b) {
      auto const mean = 0.5f * (pair(a, b) + pair(b, a));
      at(a, b) = mean;
      at(b, a) = mean;
    }
  }
  for (std::size_t a = 0; a < used_; ++a) {
    auto own = sums_[a * lanes_ + lane];
    for (std::size_t b = 0; b < used_; ++b) {
      if (b != a) own -= at(a, b);
    }
    at(a, a) = own;
  }
  out[width * width - 1] = bias;
}

}  // namespace forest
