// The parts of bind/ that threads share, without Node: lanes, gates, shares and the mailbox, driven at random by several
// "JavaScript threads" at once. Compiled with ThreadSanitizer by `npm run test:tsan`, which reports any access that
// two threads make without order between them.
#include <chrono>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bind/lane.h"
#include "bind/mailbox.h"
#include "bind/object.h"

namespace {

using bind::Access;
using namespace std::chrono_literals;

std::atomic<int> g_alive{0};
std::atomic<int> g_run{0};
std::atomic<int> g_settled{0};
std::atomic<int> g_abandoned{0};

/** Stands for a matrix or a booster of libxgboost: plain memory, so that a missing gate is a race. */
struct Thing {
  int changes = 0;
  int kept = 0;  // as libxgboost's results, which belong to the thread of the last call
  Thing() { ++g_alive; }
  ~Thing() { --g_alive; }
};

void Free(void* raw) { delete static_cast<Thing*>(raw); }
void Reset(void* raw) { static_cast<Thing*>(raw)->kept = 0; }

bind::Kind const kMatrix{"DMatrix", {1, 1}, &Free, nullptr, nullptr, false};
bind::Kind const kBooster{"Booster", {2, 1}, &Free, &Reset, nullptr, true};

bind::Share Make(bind::Kind const& kind) { return std::make_shared<bind::Object>(kind, new Thing); }

class TestMailbox : public bind::Mailbox {
 public:
  /** Settles what has come; waits up to `patience` for something. */
  void Drain(std::chrono::milliseconds patience) {
    {
      std::unique_lock<std::mutex> lock{bell_mutex_};
      bell_.wait_for(lock, patience, [this] { return rung_; });
      rung_ = false;
    }
    bind::JobQueue jobs;
    TakeJobs(&jobs);
    std::vector<std::string> lines;
    TakeLines(&lines);
    while (auto job = jobs.Pop()) job->Settle(nullptr);
  }
  void Close() { Shut(); }

 private:
  bool Ring() noexcept override {
    std::lock_guard<std::mutex> lock{bell_mutex_};
    rung_ = true;
    bell_.notify_one();
    return true;
  }
  void Silence() noexcept override {}

  std::mutex bell_mutex_;
  std::condition_variable bell_;
  bool rung_ = false;
};

class TestJob : public bind::Job {
 public:
  TestJob(std::shared_ptr<TestMailbox> home, bool reads_memory)
      : home_{std::move(home)}, reads_memory_{reads_memory} {}

  void Use(bind::Share const& object, Access access) {
    used_.emplace_back(static_cast<Thing*>(object->raw), access);
    claims.Add(object, access);
  }

  void Run() noexcept override {
    bind::Claims::Gates const gates{claims};
    for (auto const& [thing, access] : used_) {
      if (access == Access::kWrite) ++thing->changes;
      if (access == Access::kRead) sum_ += thing->changes;
    }
    home_->Log("a line");
    ++g_run;
  }
  void Settle(void*) override {
    claims.Leave();
    ++g_settled;
  }
  void Abandon() noexcept override {
    claims.Clear();
    ++g_abandoned;
  }
  bool ReadsJsMemory() const noexcept override { return reads_memory_; }

  bind::Claims claims;

 private:
  std::shared_ptr<TestMailbox> home_;
  std::vector<std::pair<Thing*, Access>> used_;
  int sum_ = 0;
  bool reads_memory_;
};

/** One environment from its start to its end in the middle of work. Answers its lanes. */
std::vector<std::weak_ptr<bind::Lane>> LiveOnce(unsigned seed) {
  std::mt19937 random{seed};
  auto const pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  auto home = std::make_shared<TestMailbox>();
  std::vector<std::shared_ptr<bind::Lane>> lanes;
  // Some lanes end of their own accord in between and start again.
  for (int i = 0; i < 4; ++i)
    lanes.push_back(std::make_shared<bind::Lane>(home, i % 2 == 0 ? 1ms : 1000ms));
  std::vector<bind::Share> matrices;
  std::vector<bind::Share> boosters;
  for (int i = 0; i < 3; ++i) matrices.push_back(Make(kMatrix));
  for (std::size_t i = 0; i < 4; ++i) {
    auto booster = Make(kBooster);
    booster->lane = lanes[i];
    ++booster->lane->bound;
    boosters.push_back(std::move(booster));
  }
  for (int step = 0; step < 400; ++step) {
    auto const what = pick(20);
    if (what == 0) home->Drain(1ms);
    if (what == 1) matrices[pick(3)] = Make(kMatrix);  // the old one is disposed, perhaps in use
    if (what == 2) {
      auto& booster = boosters[pick(4)];
      auto lane = booster->lane;
      booster->left_here = pick(2) == 0;
      booster->left_on_lane = pick(2) == 0;
      booster = Make(kBooster);
      booster->lane = lane;
      ++lane->bound;
    }
    if (what == 3) std::this_thread::sleep_for(2ms);
    auto const& booster = boosters[pick(4)];
    auto job = std::make_unique<TestJob>(home, pick(4) == 0);
    job->Use(booster, pick(2) == 0 ? Access::kWrite : Access::kRead);
    // The same matrix twice, too.
    for (std::size_t i = pick(3); i > 0; --i)
      job->Use(matrices[pick(3)], pick(2) == 0 ? Access::kWrite : Access::kRead);
    job->claims.Enter();
    std::unique_ptr<bind::Job> posted = std::move(job);
    booster->lane->Post(posted);
    lanes[pick(4)]->Load();
  }
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{pick(3)};
  for (auto const& lane : lanes) lane->Close();
  for (auto const& lane : lanes) lane->WaitUntilQuiet(deadline);
  home->Close();
  return {lanes.begin(), lanes.end()};
}

/** A lane is gone when its thread has ended: only then has it let go of its last job. */
void AwaitEnd(std::vector<std::weak_ptr<bind::Lane>> const& lanes) {
  for (auto const& lane : lanes) {
    while (!lane.expired()) std::this_thread::sleep_for(1ms);
  }
}

}  // namespace

int main(int count, char** arguments) {
  int const lives = count > 1 ? std::atoi(arguments[1]) : 50;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 3; ++t) {
    threads.emplace_back([t, lives] {
      for (int life = 0; life < lives; ++life)
        AwaitEnd(LiveOnce(t * 1000u + static_cast<unsigned>(life)));
    });
  }
  for (auto& thread : threads) thread.join();
  std::printf("%d lives of 3 threads: %d jobs run, %d settled, %d abandoned, %d objects left\n", lives,
              g_run.load(), g_settled.load(), g_abandoned.load(), g_alive.load());
  int const posted = lives * 3 * 400;
  // Every job ends in one of two ways (releases of objects are jobs too and are not counted here).
  return g_alive == 0 && g_settled + g_abandoned == posted ? 0 : 1;
}
