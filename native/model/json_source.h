// A model as JSON text. Accepts what libxgboost's reader accepts of sound JSON, its ways included:
// `NaN` and `Infinity` are numbers, and `\u` stands for itself.
#pragma once

#include <string>
#include <vector>

#include "model/number.h"
#include "model/source.h"

namespace model {

class JsonSource final : public Source {
 public:
  using Source::Source;

  void BeginObject() override;
  bool NextKey(std::string* key) override;
  void BeginList() override;
  bool NextElement() override;
  std::string Text() override;
  std::int64_t Integer() override;
  void Integers(std::vector<std::int32_t>* out) override;
  void Integers(std::vector<std::int64_t>* out, Stored* stored) override;
  void Floats(std::vector<float>* out) override;
  void End() override;

 private:
  void SkipSpaces();
  /** The next byte that is no space; refuses the end of the text. */
  unsigned char Peek();
  bool Take(char byte);
  void Expect(char byte);
  /** Before an element or key: takes the comma; false where `close` ends it. */
  bool Next(char close);
  void ReadText(std::string* out);
  void Escape(std::string* out);
  /** An integer, or a boolean as 0 or 1. */
  std::int64_t Whole();

  /** Whether nothing was read of the object or list we are in, the innermost last. */
  std::vector<bool> fresh_;
  /** Lists are read into these and copied out as long as they are. */
  std::vector<std::int32_t> narrow_;
  std::vector<std::int64_t> wide_;
  std::vector<float> floats_;
};

}  // namespace model
