#include "model/json_source.h"

#include <cstring>

namespace model {

void JsonSource::SkipSpaces() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
}

unsigned char JsonSource::Peek() {
  SkipSpaces();
  if (at_ == end_) Broken("the text ends before the model does");
  return *at_;
}

bool JsonSource::Take(char byte) {
  if (Peek() != static_cast<unsigned char>(byte)) return false;
  ++at_;
  return true;
}

void JsonSource::Expect(char byte) {
  if (!Take(byte)) {
    Broken(std::string{"expected '"} + byte + "', received '" + static_cast<char>(*at_) + "'");
  }
}

bool JsonSource::Next(char close) {
  bool const first = fresh_.back();
  fresh_.back() = false;
  if (Take(close)) {
    fresh_.pop_back();
    return false;
  }
  if (!first) Expect(',');
  return true;
}

void JsonSource::BeginObject() {
  Expect('{');
  fresh_.push_back(true);
}

bool JsonSource::NextKey(std::string* key) {
  if (!Next('}')) return false;
  ReadText(key);
  Expect(':');
  return true;
}

void JsonSource::BeginList() {
  Expect('[');
  fresh_.push_back(true);
}

bool JsonSource::NextElement() { return Next(']'); }

void JsonSource::Escape(std::string* out) {
  if (at_ == end_) Broken("the text ends before the model does");
  switch (*at_++) {
    case 'n':
      out->push_back('\n');
      break;
    case 'r':
      out->push_back('\r');
      break;
    case 't':
      out->push_back('\t');
      break;
    case 'b':
      out->push_back('\b');
      break;
    case 'f':
      out->push_back('\f');
      break;
    case '"':
      out->push_back('"');
      break;
    case '\\':
      out->push_back('\\');
      break;
    case '/':
      out->push_back('/');
      break;
    case 'u':
      // libxgboost keeps such escapes as they are, both when it reads and when it writes.
      out->append("\\u");
      break;
    default:
      Broken("an unknown escape in a text");
  }
}

void JsonSource::ReadText(std::string* out) {
  Expect('"');
  out->clear();
  while (true) {
    unsigned char const* const from = at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\\' && *at_ != '\n' && *at_ != '\r') ++at_;
    out->append(reinterpret_cast<char const*>(from), static_cast<std::size_t>(at_ - from));
    if (at_ == end_) Broken("the text ends before the model does");
    unsigned char const stop = *at_++;
    if (stop == '"') break;
    if (stop != '\\') Broken("a line ends inside a text");
    Escape(out);
  }
}

std::string JsonSource::Text() {
  std::string text;
  ReadText(&text);
  CheckText(text);
  return text;
}

std::int64_t JsonSource::Whole() {
  auto const rest = [&](char const* word) {
    std::size_t const length = std::strlen(word);
    if (Left() < length || std::memcmp(at_, word, length) != 0) Broken("expected an integer");
    at_ += length;
  };
  unsigned char const first = Peek();
  if (first == 't') return rest("true"), 1;
  if (first == 'f') return rest("false"), 0;
  Number number;
  if (!ReadNumber(&at_, end_, &number) || !number.is_integer) Broken("expected an integer");
  return number.integer;
}

std::int64_t JsonSource::Integer() { return Whole(); }

void JsonSource::Integers(std::vector<std::int32_t>* out) {
  narrow_.clear();
  BeginList();
  while (NextElement()) narrow_.push_back(Narrow(Whole(), narrow_.size()));
  out->assign(narrow_.begin(), narrow_.end());
}

void JsonSource::Integers(std::vector<std::int64_t>* out, Stored* stored) {
  wide_.clear();
  BeginList();
  while (NextElement()) wide_.push_back(Whole());
  out->assign(wide_.begin(), wide_.end());
  *stored = Stored::kText;
}

void JsonSource::Floats(std::vector<float>* out) {
  floats_.clear();
  BeginList();
  Number number;
  while (NextElement()) {
    SkipSpaces();
    if (!ReadNumber(&at_, end_, &number)) Broken("expected a number");
    floats_.push_back(number.real);
  }
  out->assign(floats_.begin(), floats_.end());
}

void JsonSource::End() {
  SkipSpaces();
  if (at_ != end_) Broken("expected the end of the model");
}

}  // namespace model
