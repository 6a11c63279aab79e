// What a FeedHandle holds.
#pragma once

#include <memory>

#include "functions/feed.h"

namespace functions {

struct FeedBox {
  std::shared_ptr<Feed> feed;
};

/** The feed behind a JavaScript value; a Failure when it is another thing. */
std::shared_ptr<Feed> OpenFeed(Napi::Value value);

}  // namespace functions
