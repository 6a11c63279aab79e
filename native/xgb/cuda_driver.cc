#include "xgb/cuda_driver.h"

#include <cstddef>

#include "xgb/shared_object.h"

namespace xgb {
namespace {

// The few functions of the driver API we ask; its types are plain integers in the ABI.
using Init = int (*)(unsigned);
using GetVersion = int (*)(int*);
using GetCount = int (*)(int*);
using GetDevice = int (*)(int*, int);
using GetName = int (*)(char*, int, int);
using GetAttribute = int (*)(int*, int, int);
using GetMemory = int (*)(std::size_t*, int);
using GetErrorText = int (*)(int, char const**);

constexpr int kComputeCapabilityMajor = 75;
constexpr int kComputeCapabilityMinor = 76;

class Driver {
 public:
#ifdef _WIN32
  Driver() : library_{TryOpenSharedObject("nvcuda.dll")} {}
#else
  Driver() : library_{TryOpenSharedObject("libcuda.so.1")} {}
#endif
  bool Present() const { return library_ != nullptr; }

  template <class Fn, class... Args>
  int Call(char const* name, Args... args) const {
    auto function = reinterpret_cast<Fn>(FindSymbol(library_, name));
    return function == nullptr ? -1 : function(args...);
  }

  std::string ErrorText(int status) const {
    char const* text = nullptr;
    if (Call<GetErrorText>("cuGetErrorString", status, &text) != 0 || text == nullptr)
      text = "unknown error";
    return std::string{text} + " (" + std::to_string(status) + ")";
  }

 private:
  void* library_;
};

std::string Quote(std::string const& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + '"';
}

std::string DescribeDevice(Driver const& driver, int ordinal) {
  int device = 0;
  char name[256] = "";
  int major = 0;
  int minor = 0;
  std::size_t memory = 0;
  driver.Call<GetDevice>("cuDeviceGet", &device, ordinal);
  driver.Call<GetName>("cuDeviceGetName", name, static_cast<int>(sizeof name), device);
  driver.Call<GetAttribute>("cuDeviceGetAttribute", &major, kComputeCapabilityMajor, device);
  driver.Call<GetAttribute>("cuDeviceGetAttribute", &minor, kComputeCapabilityMinor, device);
  driver.Call<GetMemory>("cuDeviceTotalMem_v2", &memory, device);
  name[sizeof name - 1] = '\0';
  return "{\"ordinal\":" + std::to_string(ordinal) + ",\"name\":" + Quote(name) +
         ",\"major\":" + std::to_string(major) + ",\"minor\":" + std::to_string(minor) +
         ",\"memory\":" + std::to_string(memory) + "}";
}

std::string Answer(std::string const& driver, std::string const& error,
                   std::string const& devices) {
  return "{\"driver\":" + driver + ",\"error\":" + error + ",\"devices\":[" + devices + "]}";
}

std::string Ask() {
  Driver const driver;
  if (!driver.Present()) return Answer("null", Quote("no NVIDIA driver is installed"), "");
  int version = 0;
  bool const known = driver.Call<GetVersion>("cuDriverGetVersion", &version) == 0;
  std::string const version_text = known ? std::to_string(version) : "null";
  int const status = driver.Call<Init>("cuInit", 0u);
  if (status != 0)
    return Answer(version_text, Quote("the driver refuses to start: " + driver.ErrorText(status)),
                  "");
  int count = 0;
  int const counted = driver.Call<GetCount>("cuDeviceGetCount", &count);
  if (counted != 0)
    return Answer(version_text, Quote("the driver lists no devices: " + driver.ErrorText(counted)),
                  "");
  std::string devices;
  for (int i = 0; i < count; ++i) devices += (i == 0 ? "" : ",") + DescribeDevice(driver, i);
  return Answer(version_text, "null", devices);
}

}  // namespace

std::string const& CudaDevices() {
  static std::string const* answer = new std::string{Ask()};
  return *answer;
}

}  // namespace xgb
