// A model as UBJSON, in the forms that libxgboost's writer uses: lists say how long they are,
// lengths are 64 bits wide, numbers are big-endian. Every length is compared with the bytes that
// are left before anything is made of it.
#pragma once

#include <string>
#include <vector>

#include "model/source.h"

namespace model {

class UbjsonSource final : public Source {
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
  /** A list's length and the type of all its elements; 0: each names its own. */
  struct List {
    std::size_t length;
    char type;
  };

  unsigned char Peek() const;
  unsigned char Next();
  void Expect(char marker);
  std::uint64_t BigEndian(int bytes);
  /** A length whose items take `bytes` each, and so many are left. */
  std::size_t Length(std::size_t bytes);
  void ReadText(std::string* out);
  List BeginValues();
  std::int64_t IntegerOf(char type);
  float FloatOf(char type);
  template <class Out, class Convert>
  void ReadIntegers(List list, std::vector<Out>* out, Convert convert);

  /** Elements left in the lists we are in, the innermost last. */
  std::vector<std::size_t> left_;
};

}  // namespace model
