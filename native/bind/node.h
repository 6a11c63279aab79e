// The only place that includes Node-API.
#pragma once

// An exception that cannot be thrown because its worker is being ended would end the whole process.
#define NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS
#include <napi.h>
