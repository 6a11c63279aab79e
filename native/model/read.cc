#include "model/read.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "failure.h"
#include "model/fields.h"
#include "model/forest.h"
#include "model/json_source.h"
#include "model/number.h"
#include "model/objective.h"
#include "model/ubjson_source.h"

namespace model {
namespace {

constexpr std::uint32_t kMaxCount = 2147483647;
constexpr char const* kFeatureTypes[] = {"float", "int", "i", "q", "c"};

/** What every old binary, pickle, dump or cut file gets to hear. */
std::string const kForm = "expected an XGBoost model as UBJSON (.ubj) or JSON (.json)";

[[noreturn]] void RefuseFile(std::string const& what) {
  throw Failure{FailureKind::kModel, kForm + what};
}

bool IsSpace(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/** Tells what else the bytes may be before anything is parsed. */
std::unique_ptr<Source> Open(unsigned char const* bytes, std::size_t length, Limits const& limits) {
  if (length < 16) RefuseFile(", received " + std::to_string(length) + " bytes");
  if (length > limits.max_bytes) {
    RefuseFile(" of at most " + std::to_string(limits.max_bytes) + " bytes, received " +
               std::to_string(length));
  }
  std::string const start{reinterpret_cast<char const*>(bytes), 8};
  auto const starts = [&](char const* prefix) { return start.rfind(prefix, 0) == 0; };
  if (starts("binf") || starts("bs64")) {
    RefuseFile(", received the old binary format; load and save it once with XGBoost 3.0");
  }
  if (bytes[0] == 0x80) {
    RefuseFile(", received a Python pickle; save with save_model('model.ubj')");
  }
  if (bytes[0] == '[' || starts("booster[")) {
    RefuseFile(", received a model dump, which holds the trees only; save the model itself");
  }
  if (bytes[0] != '{') RefuseFile(", but the first byte is not '{'");
  auto const* const second = std::find_if_not(bytes + 1, bytes + length, IsSpace);
  if (second != bytes + length && *second == '"') {
    return std::make_unique<JsonSource>(bytes, length);
  }
  if (bytes[1] == 'L') return std::make_unique<UbjsonSource>(bytes, length);
  RefuseFile(", but the second byte starts neither");
}

void ReadVersion(Source* source, int* version) {
  std::vector<std::int32_t> numbers;
  source->Integers(&numbers);
  bool const good =
      numbers.size() == 3 && std::all_of(numbers.begin(), numbers.end(),
                                         [](int part) { return part >= 0 && part < 1000; });
  if (!good || numbers[0] < 1 || numbers[0] > 3) {
    source->place.Refuse("expected three numbers, the first from 1 to 3");
  }
  std::copy(numbers.begin(), numbers.end(), version);
}

void ReadBaseScore(Source* source, Model* model) {
  std::string const text = source->Text();
  bool const good = ReadNumbers(text, &model->base_score) &&
                    std::all_of(model->base_score.begin(), model->base_score.end(),
                                [](float score) { return std::isfinite(score); });
  if (!good)
    source->place.Refuse("expected finite numbers, received \"" + text.substr(0, 64) + "\"");
}

void ReadHeader(Source* source, Model* model) {
  ReadObject(
      source,
      {{"base_score", Need::kRequired, [&] { ReadBaseScore(source, model); }},
       {"boost_from_average", Need::kOptional,
        [&] { model->boost_from_average = ReadCount(source, 1) == 1; }},
       {"num_class", Need::kRequired, [&] { model->num_class = ReadCount(source, kMaxCount); }},
       {"num_feature", Need::kRequired, [&] { model->num_feature = ReadCount(source, kMaxCount); }},
       {"num_target", Need::kOptional, [&] { model->num_target = ReadCount(source, kMaxCount); }}});
}

void ReadTexts(Source* source, std::vector<std::string>* out) {
  source->BeginList();
  for (std::size_t i = 0; source->NextElement(); ++i) {
    Within const within{&source->place, i};
    out->push_back(source->Text());
  }
}

/** Only what DMatrix takes: others end the process when a matrix made to fit the model is trained
 * on. */
void ReadTypes(Source* source, Model* model) {
  ReadTexts(source, &model->feature_types);
  for (std::size_t i = 0; i < model->feature_types.size(); ++i) {
    auto const& type = model->feature_types[i];
    bool const is_known = std::any_of(std::begin(kFeatureTypes), std::end(kFeatureTypes),
                                      [&](char const* known) { return type == known; });
    if (!is_known) {
      source->place.RefuseAt(
          i, "expected float, int, i, q or c, received \"" + type.substr(0, 64) + "\"");
    }
  }
}

void ReadAttributes(Source* source, Model* model) {
  std::set<std::string> names;
  std::string key;
  source->BeginObject();
  while (source->NextKey(&key)) {
    source->CheckText(key);
    if (!names.insert(key).second) source->place.Refuse("an attribute is there twice");
    model->attributes.emplace_back(key, source->Text());
  }
}

void ReadLearner(Source* source, Model* model) {
  ReadObject(source,
             {{"attributes", Need::kRequired, [&] { ReadAttributes(source, model); }},
              {"feature_names", Need::kOptional, [&] { ReadTexts(source, &model->feature_names); }},
              {"feature_types", Need::kOptional, [&] { ReadTypes(source, model); }},
              {"gradient_booster", Need::kRequired, [&] { ReadBooster(source, model); }},
              {"learner_model_param", Need::kRequired, [&] { ReadHeader(source, model); }},
              {"objective", Need::kRequired, [&] { model->objective = ReadObjective(source); }}});
}

void CheckHeader(Model* model, Limits const& limits, Source* source) {
  Place* const place = &source->place;
  Within const within_learner{place, "learner"};
  {
    Within const within{place, "learner_model_param"};
    if (model->num_feature == 0 || model->num_feature > limits.max_features) {
      place->Refuse("num_feature: expected 1 to " + std::to_string(limits.max_features) +
                    ", received " + std::to_string(model->num_feature));
    }
    if (model->num_target == 0) place->Refuse("num_target is 0");
    if (model->num_class > 1 && model->num_target > 1) {
      place->Refuse("both num_class and num_target are above 1");
    }
    std::size_t const most = std::max(limits.outputs_of_small, source->Length());
    if (model->NumOutputs() > most) {
      place->Refuse(std::to_string(model->NumOutputs()) + " outputs in a model of " +
                    std::to_string(source->Length()) + " bytes");
    }
    // Before 3.1 one value stood for every output.
    if (model->base_score.size() == 1)
      model->base_score.resize(model->NumOutputs(), model->base_score[0]);
    if (model->base_score.size() != model->NumOutputs()) {
      place->Refuse("base_score: expected 1 or " + std::to_string(model->NumOutputs()) +
                    " values, received " + std::to_string(model->base_score.size()));
    }
  }
  auto const check_length = [&](std::vector<std::string> const& texts, char const* name) {
    if (texts.empty() || texts.size() == model->num_feature) return;
    Within const within{place, name};
    place->Refuse("expected 0 or " + std::to_string(model->num_feature) + " elements, received " +
                  std::to_string(texts.size()));
  };
  check_length(model->feature_names, "feature_names");
  check_length(model->feature_types, "feature_types");
}

}  // namespace

Model Read(void const* bytes, std::size_t length, Limits const& limits) {
  auto const source = Open(static_cast<unsigned char const*>(bytes), length, limits);
  Model model;
  ReadObject(source.get(),
             {{"learner", Need::kRequired, [&] { ReadLearner(source.get(), &model); }},
              {"version", Need::kRequired, [&] { ReadVersion(source.get(), model.version); }}});
  source->End();
  CheckHeader(&model, limits, source.get());
  CheckObjective(model, &source->place);
  CheckBooster(&model, limits, source.get());
  return model;
}

}  // namespace model
