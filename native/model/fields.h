// Objects whose members are known: each at most once, the needed ones there, nothing else.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>

#include "model/source.h"

namespace model {

enum class Need { kRequired, kOptional };

struct Field {
  char const* name;
  Need need;
  std::function<void()> read;
};

/** Reads an object of these members, in whatever order they come. */
void ReadObject(Source* source, std::initializer_list<Field> fields);

/** A text that is a whole number from 0 to `max`, as XGBoost writes its parameters. */
std::uint32_t ReadCount(Source* source, std::uint32_t max);

}  // namespace model
