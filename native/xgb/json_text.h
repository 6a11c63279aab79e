// Reads the small JSON texts libxgboost itself writes (array interfaces). Not for anybody else's
// JSON.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace xgb {

class JsonText {
 public:
  /** One value; numbers keep their text, so that 64-bit addresses stay exact. */
  class Value {
   public:
    bool IsArray() const { return kind_ == Kind::kArray; }
    bool IsObject() const { return kind_ == Kind::kObject; }
    std::uint64_t Unsigned() const;
    std::string const& String() const { return text_; }
    std::vector<Value> const& Items() const { return items_; }
    /** The member of an object, or a null value. */
    Value const& operator[](char const* key) const;

   private:
    friend class JsonText;
    enum class Kind { kNull, kScalar, kArray, kObject };
    Kind kind_ = Kind::kNull;
    std::string text_;
    std::vector<std::string> keys_;
    std::vector<Value> items_;
  };

  explicit JsonText(char const* text);
  Value const& Root() const { return root_; }

 private:
  Value Read();
  void SkipSpace();
  std::string ReadScalar();

  char const* at_;
  int depth_ = 0;
  Value root_;
};

}  // namespace xgb
