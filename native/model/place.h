// Where in a model the reader is, for messages such as
// `learner.gradient_booster.model.trees[3].left_children[5]: ...`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "failure.h"

namespace model {

class Place {
 public:
  /** Steps into a member, or an element when `name` is null. The name must outlive the step. */
  void Enter(char const* name, std::size_t index) { steps_.push_back({name, index}); }
  void Leave() { steps_.pop_back(); }

  [[noreturn]] void Refuse(std::string const& what) const {
    throw Failure{FailureKind::kModel, Text() + ": " + what};
  }
  /** Refuses element `index` of where we are. */
  [[noreturn]] void RefuseAt(std::size_t index, std::string const& what) const {
    throw Failure{FailureKind::kModel, Text() + "[" + std::to_string(index) + "]: " + what};
  }
  /** Refuses element `index` of the member `name` of where we are. */
  [[noreturn]] void RefuseAt(char const* name, std::size_t index, std::string const& what) const {
    throw Failure{FailureKind::kModel, Text() + (steps_.empty() ? "" : ".") + name + "[" +
                                           std::to_string(index) + "]: " + what};
  }

 private:
  struct Step {
    char const* name;
    std::size_t index;
  };

  std::string Text() const {
    std::string text = steps_.empty() ? "the model" : "";
    for (auto const& step : steps_) {
      if (step.name == nullptr) {
        text += "[" + std::to_string(step.index) + "]";
      } else {
        text += (text.empty() ? "" : ".") + std::string{step.name};
      }
    }
    return text;
  }

  std::vector<Step> steps_;
};

/** One step, for as long as it lives. */
class Within {
 public:
  Within(Place* place, char const* name) : place_{place} { place->Enter(name, 0); }
  Within(Place* place, std::size_t index) : place_{place} { place->Enter(nullptr, index); }
  Within(Within const&) = delete;
  Within& operator=(Within const&) = delete;
  ~Within() { place_->Leave(); }

 private:
  Place* place_;
};

}  // namespace model
