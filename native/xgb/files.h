// Folders and files, as far as they are needed here. Not <filesystem>: it would bring the whole
// machinery of locales into an addon that carries its C++ library. Paths are UTF-8.
#pragma once

#include <string>
#include <vector>

namespace xgb {

/** What may stand between a folder and a name. */
#ifdef _WIN32
constexpr char const* kSeparators = "/\\";
#else
constexpr char const* kSeparators = "/";
#endif

/** Makes a folder for this user alone. What went wrong in words, empty when nothing did. */
std::string MakeFolder(std::string const& path);

/** The names in a folder, those of folders too; none when it cannot be read. */
std::vector<std::string> NamesIn(std::string const& folder);

/** False when the file cannot be removed. */
bool RemoveFile(std::string const& path) noexcept;

/** False when the folder cannot be removed, as when something is in it. */
bool RemoveFolder(std::string const& path) noexcept;

}  // namespace xgb
