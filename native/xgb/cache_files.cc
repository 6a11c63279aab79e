#include "xgb/cache_files.h"

#include "failure.h"
#include "xgb/files.h"

namespace xgb {

// Here, not in JavaScript, which may be ended between the making of a folder and anything else.
CacheFiles::CacheFiles(std::string const& prefix, bool own_folder) : own_folder_{own_folder} {
  auto const separator = prefix.find_last_of(kSeparators);
  auto const begin = separator == std::string::npos ? 0 : separator + 1;
  folder_ = separator == std::string::npos ? "." : prefix.substr(0, begin);
  begin_of_name_ = prefix.substr(begin);
  if (!own_folder_) return;
  auto const failed = MakeFolder(folder_);
  if (!failed.empty()) {
    throw Failure{FailureKind::kData,
                  "cannot make the folder " + folder_ + " for external memory: " + failed};
  }
}

// Whatever cannot be removed is left: nobody could be told.
CacheFiles::~CacheFiles() {
  for (auto const& name : NamesIn(folder_)) {
    if (own_folder_ || name.compare(0, begin_of_name_.size(), begin_of_name_) == 0)
      RemoveFile(folder_ + '/' + name);
  }
  if (own_folder_) RemoveFolder(folder_);
}

}  // namespace xgb
