#include "xgb/files.h"

#include <system_error>

#ifdef _WIN32
#include "xgb/wide_text.h"
#else
#include <cerrno>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace xgb {

#ifdef _WIN32

std::string MakeFolder(std::string const& path) {
  if (CreateDirectoryW(ToWide(path).c_str(), nullptr) != 0) return "";
  return std::system_category().message(static_cast<int>(GetLastError()));
}

std::vector<std::string> NamesIn(std::string const& folder) {
  std::vector<std::string> names;
  WIN32_FIND_DATAW entry;
  HANDLE const search = FindFirstFileW(ToWide(folder + "\\*").c_str(), &entry);
  if (search == INVALID_HANDLE_VALUE) return names;
  do {
    names.push_back(FromWide(entry.cFileName));
  } while (FindNextFileW(search, &entry) != 0);
  FindClose(search);
  return names;
}

bool RemoveFile(std::string const& path) noexcept { return DeleteFileW(ToWide(path).c_str()) != 0; }

bool RemoveFolder(std::string const& path) noexcept {
  return RemoveDirectoryW(ToWide(path).c_str()) != 0;
}

#else

std::string MakeFolder(std::string const& path) {
  if (mkdir(path.c_str(), S_IRWXU) == 0) return "";
  return std::generic_category().message(errno);
}

std::vector<std::string> NamesIn(std::string const& folder) {
  std::vector<std::string> names;
  DIR* const open = opendir(folder.c_str());
  if (open == nullptr) return names;
  while (auto const* entry = readdir(open)) names.emplace_back(entry->d_name);
  closedir(open);
  return names;
}

bool RemoveFile(std::string const& path) noexcept { return unlink(path.c_str()) == 0; }

bool RemoveFolder(std::string const& path) noexcept { return rmdir(path.c_str()) == 0; }

#endif

}  // namespace xgb
