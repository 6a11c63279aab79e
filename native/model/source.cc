#include "model/source.h"

#include "model/utf8.h"

namespace model {

void Source::CheckText(std::string const& text) const {
  if (text.find('\0') != std::string::npos) place.Refuse("the text has a NUL in it");
  if (!IsUtf8(text.data(), text.size())) place.Refuse("the text is not valid UTF-8");
}

}  // namespace model
