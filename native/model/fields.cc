#include "model/fields.h"

#include <algorithm>

namespace model {

void ReadObject(Source* source, std::initializer_list<Field> fields) {
  // Writers sort the members, so the next one is almost always the one after the last.
  auto const* expected = fields.begin();
  std::uint32_t seen = 0;
  std::string key;
  source->BeginObject();
  while (source->NextKey(&key)) {
    auto const is_key = [&](Field const& field) { return key == field.name; };
    auto const* field = std::find_if(expected, fields.end(), is_key);
    if (field == fields.end()) field = std::find_if(fields.begin(), fields.end(), is_key);
    if (field == fields.end()) {
      source->CheckText(key);
      source->place.Refuse("unknown member \"" + key.substr(0, 64) + "\"");
    }
    std::uint32_t const bit = std::uint32_t{1} << (field - fields.begin());
    if ((seen & bit) != 0) source->place.Refuse("member \"" + key + "\" is there twice");
    seen |= bit;
    Within const within{&source->place, field->name};
    field->read();
    expected = field + 1;
  }
  for (auto const* field = fields.begin(); field != fields.end(); ++field) {
    bool const is_there = (seen & (std::uint32_t{1} << (field - fields.begin()))) != 0;
    if (!is_there && field->need == Need::kRequired) {
      source->place.Refuse(std::string{"member \""} + field->name + "\" is missing");
    }
  }
}

std::uint32_t ReadCount(Source* source, std::uint32_t max) {
  std::string const text = source->Text();
  std::uint64_t value = 0;
  bool good = !text.empty() && text.size() <= 10;
  for (char const digit : text) {
    good = good && digit >= '0' && digit <= '9';
    value = value * 10 + static_cast<unsigned char>(digit - '0');
  }
  if (!good || value > max) {
    source->place.Refuse("expected a whole number from 0 to " + std::to_string(max) +
                         ", received \"" + text.substr(0, 64) + "\"");
  }
  return static_cast<std::uint32_t>(value);
}

}  // namespace model
