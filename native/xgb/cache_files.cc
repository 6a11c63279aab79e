#include "xgb/cache_files.h"

#include <system_error>

#include "failure.h"

namespace xgb {

// Here, not in JavaScript, which may be ended between the making of a folder and anything else.
CacheFiles::CacheFiles(std::string const& prefix, bool own_folder)
    : prefix_{std::filesystem::u8path(prefix)}, own_folder_{own_folder} {
  if (!own_folder_) return;
  auto const folder = prefix_.parent_path();
  std::error_code failed;
  bool const made = std::filesystem::create_directory(folder, failed);
  if (!made || failed) {
    throw Failure{FailureKind::kData,
                  "cannot make the folder " + folder.u8string() +
                      " for external memory: " + (failed ? failed.message() : "it exists")};
  }
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
}

// Whatever cannot be removed is left: nobody could be told.
CacheFiles::~CacheFiles() {
  std::error_code failed;
  auto const folder = prefix_.parent_path();
  if (own_folder_) {
    std::filesystem::remove_all(folder, failed);
    return;
  }
  auto const begin = prefix_.filename().u8string();
  std::filesystem::directory_iterator files{folder, failed};
  while (!failed && files != std::filesystem::directory_iterator{}) {
    auto const path = files->path();
    files.increment(failed);
    std::error_code kept;
    if (path.filename().u8string().compare(0, begin.size(), begin) == 0)
      std::filesystem::remove(path, kept);
  }
}

}  // namespace xgb
