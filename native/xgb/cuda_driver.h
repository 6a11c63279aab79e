// Asks the CUDA driver, without a CUDA toolkit, what devices this process can use.
#pragma once

#include <string>

namespace xgb {

/**
 * JSON text: { driver: 13000 | null, error: string | null, devices: [{ ordinal, name, major, minor,
 * memory }] }.
 *
 * The first call starts the driver (a fraction of a second where there is one); the answer is kept
 * for the process.
 */
std::string const& CudaDevices();

}  // namespace xgb
