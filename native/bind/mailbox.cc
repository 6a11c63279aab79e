#include "bind/mailbox.h"

#include <utility>

namespace bind {

void Mailbox::Wake() noexcept {
  if (!waking_) waking_ = Ring();
}

void Mailbox::Deliver(std::unique_ptr<Job> job) noexcept {
  {
    std::lock_guard<std::mutex> lock{mutex_};
    if (open_) {
      done_.Push(std::move(job));
      Wake();
      return;
    }
  }
  job->Abandon();
}

void Mailbox::Log(char const* line) {
  std::lock_guard<std::mutex> lock{mutex_};
  if (!open_) return;
  lines_.emplace_back(line);
  Wake();
}

void Mailbox::TakeJobs(JobQueue* jobs) noexcept {
  std::lock_guard<std::mutex> lock{mutex_};
  waking_ = false;
  jobs->Swap(done_);
}

void Mailbox::TakeLines(std::vector<std::string>* lines) noexcept {
  std::lock_guard<std::mutex> lock{mutex_};
  lines->swap(lines_);
}

void Mailbox::Shut() noexcept {
  JobQueue done;
  {
    std::lock_guard<std::mutex> lock{mutex_};
    if (open_) Silence();
    open_ = false;
    done.Swap(done_);
    lines_.clear();
  }
  while (auto job = done.Pop()) job->Abandon();
}

}  // namespace bind
