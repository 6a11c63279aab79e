#include "model/objective.h"

#include <algorithm>
#include <cmath>

#include "model/number.h"

namespace model {
namespace {

/** What XGBoost 3.4 knows: a name, the group of its parameters, and whether loading needs the
 * group. */
struct Known {
  char const* name;
  char const* group;
  bool is_needed;
};

constexpr Known kObjectives[] = {
    {"reg:squarederror", "reg_loss_param", false},
    {"reg:linear", "reg_loss_param", false},
    {"reg:logistic", "reg_loss_param", false},
    {"reg:gamma", "reg_loss_param", false},
    {"reg:squaredlogerror", "reg_loss_param", false},
    {"reg:pseudohubererror", "pseudo_huber_param", false},
    {"reg:expectileerror", "expectile_loss_param", false},
    {"reg:absoluteerror", nullptr, false},
    {"reg:quantileerror", "quantile_loss_param", true},
    {"reg:tweedie", "tweedie_regression_param", true},
    {"binary:logistic", "reg_loss_param", false},
    {"binary:logitraw", "reg_loss_param", false},
    {"binary:hinge", nullptr, false},
    {"count:poisson", "poisson_regression_param", true},
    {"survival:cox", nullptr, false},
    {"survival:aft", "aft_loss_param", true},
    {"multi:softmax", "softmax_multiclass_param", true},
    {"multi:softprob", "softmax_multiclass_param", true},
    {"rank:ndcg", "lambdarank_param", false},
    {"rank:pairwise", "lambdarank_param", false},
    {"rank:map", "lambdarank_param", false},
};

/** Groups that only old versions wrote; libxgboost passes over them. */
constexpr char const* kOldGroups[] = {"lambda_rank_param", "pseduo_huber_param"};

constexpr std::size_t kMaxValue = 64;

bool IsGroup(std::string const& name) {
  auto const is_known = [&](Known const& known) {
    return known.group != nullptr && name == known.group;
  };
  auto const is_old = [&](char const* group) { return name == group; };
  return std::any_of(std::begin(kObjectives), std::end(kObjectives), is_known) ||
         std::any_of(std::begin(kOldGroups), std::end(kOldGroups), is_old);
}

bool IsList(std::string const& parameter) {
  return parameter == "quantile_alpha" || parameter == "expectile_alpha";
}

/** Pairs for each document: libxgboost makes that many biases when training goes on. 4294967295:
 * the default of the method. */
bool IsPairCount(std::string const& value) {
  constexpr std::size_t kMaxDigits = 6;
  return value == "4294967295" ||
         (value.size() <= kMaxDigits && value.find_first_not_of("0123456789") == std::string::npos);
}

bool IsPlain(std::string const& value) {
  auto const is_plain = [](char byte) {
    bool const is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return is_letter || (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '+' ||
           byte == '_';
  };
  return !value.empty() && value.size() <= kMaxValue &&
         std::all_of(value.begin(), value.end(), is_plain);
}

void CheckParameter(std::string const& name, std::string const& value, Place* place) {
  if (IsList(name)) {
    std::vector<float> values;
    bool const good = ReadNumbers(value, &values) &&
                      std::all_of(values.begin(), values.end(),
                                  [](float alpha) { return alpha >= 0 && alpha <= 1; });
    if (!good) place->Refuse(name + ": expected numbers from 0 to 1");
    return;
  }
  if (!IsPlain(value)) place->Refuse(name + ": expected a number or a word");
  if (name == "lambdarank_num_pair_per_sample" && !IsPairCount(value)) {
    place->Refuse(name + ": expected a whole number below a million, received " + value);
  }
}

std::map<std::string, std::string> ReadGroup(Source* source) {
  std::map<std::string, std::string> group;
  std::string key;
  source->BeginObject();
  while (source->NextKey(&key)) {
    if (!IsPlain(key)) source->place.Refuse("expected the name of a parameter");
    std::string value = source->Text();
    CheckParameter(key, value, &source->place);
    if (!group.emplace(key, std::move(value)).second) source->place.Refuse(key + " is there twice");
  }
  return group;
}

Known const* Find(std::string const& name) {
  auto const* const known =
      std::find_if(std::begin(kObjectives), std::end(kObjectives),
                   [&](Known const& candidate) { return name == candidate.name; });
  return known == std::end(kObjectives) ? nullptr : known;
}

/** The parameter's text; empty when the model has none. */
std::string Parameter(Objective const& objective, char const* group, char const* name) {
  auto const found = objective.parameters.find(group);
  if (found == objective.parameters.end()) return {};
  auto const value = found->second.find(name);
  return value == found->second.end() ? std::string{} : value->second;
}

void CheckListLength(Model const& model, char const* group, char const* name, Place* place) {
  std::string const text = Parameter(model.objective, group, name);
  std::vector<float> values;
  if (text.empty() || !ReadNumbers(text, &values)) place->Refuse(std::string{name} + " is missing");
  if (values.size() > 1 && values.size() != model.num_target) {
    place->Refuse(std::string{name} + " has " + std::to_string(values.size()) +
                  " values, the model " + std::to_string(model.num_target) + " targets");
  }
}

}  // namespace

Objective ReadObjective(Source* source) {
  Objective objective;
  std::string key;
  source->BeginObject();
  while (source->NextKey(&key)) {
    bool is_new = true;
    if (key == "name") {
      is_new = objective.name.empty();
      objective.name = source->Text();
    } else if (IsGroup(key)) {
      Within const within{&source->place, key.c_str()};
      is_new = objective.parameters.emplace(key, ReadGroup(source)).second;
    } else if (key == "ti+" || key == "tj-") {
      is_new = objective.biases.count(key) == 0;
      source->Floats(&objective.biases[key]);
    } else {
      source->CheckText(key);
      source->place.Refuse("unknown member \"" + key.substr(0, 64) + "\"");
    }
    if (!is_new) source->place.Refuse("member \"" + key + "\" is there twice");
  }
  return objective;
}

void CheckObjective(Model const& model, Place* place) {
  Within const within_learner{place, "learner"};
  Within const within{place, "objective"};
  Objective const& objective = model.objective;
  Known const* const known = Find(objective.name);
  if (known == nullptr) place->Refuse("unknown objective \"" + objective.name.substr(0, 64) + "\"");
  if (known->is_needed && objective.parameters.count(known->group) == 0) {
    place->Refuse(std::string{"member \""} + known->group + "\" is missing");
  }
  for (auto const& [name, values] : objective.biases) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isfinite(values[i])) place->RefuseAt(name.c_str(), i, "not finite");
    }
  }
  if (objective.name == "reg:quantileerror") {
    CheckListLength(model, known->group, "quantile_alpha", place);
  }
  if (objective.name.rfind("multi:", 0) == 0) {
    std::string const classes = Parameter(objective, known->group, "num_class");
    if (model.num_class == 0 || classes != std::to_string(model.num_class)) {
      place->Refuse("softmax_multiclass_param.num_class is " + classes + ", the model has " +
                    std::to_string(model.num_class) + " classes");
    }
  }
}

}  // namespace model
