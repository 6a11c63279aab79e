// The files in which libxgboost keeps a matrix of external memory.
#pragma once

#include <string>

namespace xgb {

/**
 * Makes the folder of the files, if they are to have one of their own. At its end it removes every
 * file whose path begins with `prefix`, and that folder.
 *
 * libxgboost removes its files with the matrix, but not after an error on the way to it.
 */
class CacheFiles {
 public:
  CacheFiles(std::string const& prefix, bool own_folder);
  ~CacheFiles();
  CacheFiles(CacheFiles const&) = delete;
  CacheFiles& operator=(CacheFiles const&) = delete;

 private:
  std::string folder_;
  std::string begin_of_name_;
  bool own_folder_;
};

}  // namespace xgb
