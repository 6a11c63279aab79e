#include "xgb/json_text.h"

#include <cstdlib>
#include <cstring>

#include "failure.h"

namespace xgb {

namespace {
// An array interface nests three levels deep.
constexpr int kMaxDepth = 8;

[[noreturn]] void Fail() {
  throw Failure{FailureKind::kXGBoost, "libxgboost answered with JSON of an unknown form"};
}
}  // namespace

std::uint64_t JsonText::Value::Unsigned() const {
  if (kind_ != Kind::kScalar) Fail();
  return std::strtoull(text_.c_str(), nullptr, 10);
}

JsonText::Value const& JsonText::Value::operator[](char const* key) const {
  static Value const null;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (keys_[i] == key) return items_[i];
  }
  return null;
}

JsonText::JsonText(char const* text) : at_{text} { root_ = Read(); }

void JsonText::SkipSpace() {
  while (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r') ++at_;
}

std::string JsonText::ReadScalar() {
  if (*at_ == '"') {
    char const* end = std::strchr(at_ + 1, '"');
    if (end == nullptr) Fail();
    std::string text{at_ + 1, end};
    at_ = end + 1;
    return text;
  }
  char const* start = at_;
  while (*at_ != '\0' && std::strchr(",]} \n\t\r:", *at_) == nullptr) ++at_;
  if (start == at_) Fail();
  return std::string{start, at_};
}

JsonText::Value JsonText::Read() {
  SkipSpace();
  Value value;
  if (*at_ != '{' && *at_ != '[') {
    bool const quoted = *at_ == '"';
    value.text_ = ReadScalar();
    value.kind_ = !quoted && value.text_ == "null" ? Value::Kind::kNull : Value::Kind::kScalar;
    return value;
  }
  if (++depth_ > kMaxDepth) Fail();
  bool const object = *at_ == '{';
  char const close = object ? '}' : ']';
  value.kind_ = object ? Value::Kind::kObject : Value::Kind::kArray;
  ++at_;
  for (SkipSpace(); *at_ != close; SkipSpace()) {
    if (object) {
      value.keys_.push_back(ReadScalar());
      SkipSpace();
      if (*at_++ != ':') Fail();
    }
    value.items_.push_back(Read());
    SkipSpace();
    if (*at_ == ',') {
      ++at_;
    } else if (*at_ != close) {
      Fail();
    }
  }
  ++at_;
  --depth_;
  return value;
}

}  // namespace xgb
