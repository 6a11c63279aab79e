// The only place that includes Node-API.
#pragma once

#include <napi.h>
