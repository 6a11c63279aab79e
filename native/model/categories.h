// The categories that a model of categorical columns remembers: the member `cats` of a model file.
#pragma once

#include "model/model.h"
#include "model/source.h"

namespace model {

/** Reads the categories of every feature and their order into the forest. */
void ReadCategories(Source* source, Forest* forest);

/** How many values the feature has. */
inline std::size_t Count(Category const& category) {
  return category.IsText() ? category.names.size() : category.numbers.size();
}

/** Bits of a number of the file's type `number_type`, and whether it has a sign; 0 bits: no type.
 */
struct NumberType {
  int bits;
  bool is_signed;
};
NumberType TypeOf(int number_type);

}  // namespace model
