#include <xgrad/framework/runtime/crew.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace xgrad;

namespace {

constexpr int forever = std::numeric_limits<int>::max();
constexpr int many_threads = 100;

/// A crew with threads that help until the end of the test.
class Staffed {
 public:
  explicit Staffed(int helpers, int threads = many_threads) : crew(threads, forever) {
    for (int helper = 0; helper < helpers; ++helper) threads_.emplace_back([this] { crew.help(); });
  }
  ~Staffed() {
    crew.dismiss();
    for (auto& thread : threads_) thread.join();
  }

  Crew crew;

 private:
  std::vector<std::thread> threads_;
};

/// Waits until something is so; false when it does not become so.
template <class Condition>
bool comes_true(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(crews)

BOOST_AUTO_TEST_CASE(do_every_task_of_every_job_once) {
  for (int helpers : {0, 1, 3, 7}) {
    Staffed staffed(helpers);
    Crew::Caller caller(staffed.crew);
    std::vector<int> calls(37);
    for (int job = 0; job < 2000; ++job) {
      const auto count = static_cast<std::size_t>(job % 38);
      caller.run(count, [&](std::size_t index) { ++calls[index]; });
    }
    for (std::size_t index = 0; index < calls.size(); ++index) {
      int expected = 0;
      for (std::size_t job = 0; job < 2000; ++job) expected += index < job % 38;
      BOOST_TEST(calls[index] == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(have_done_all_tasks_when_run_returns) {
  Staffed staffed(3);
  for (int job = 0; job < 500; ++job) {
    Crew::Caller caller(staffed.crew);
    std::vector<int> results(16, 0);
    caller.run(results.size(), [&](std::size_t index) { results[index] = job; });
    BOOST_REQUIRE(results == std::vector<int>(16, job));
  }
}

BOOST_AUTO_TEST_CASE(pass_on_what_a_task_throws_and_work_on) {
  Staffed staffed(2);
  Crew::Caller caller(staffed.crew);
  for (int job = 0; job < 50; ++job) {
    std::atomic<int> done{0};
    const auto body = [&](std::size_t index) {
      if (index == 5) throw std::runtime_error("task 5");
      ++done;
    };
    BOOST_CHECK_THROW(caller.run(20, body), std::runtime_error);
    BOOST_TEST(done == 19);
    caller.run(20, [&](std::size_t) { ++done; });
    BOOST_TEST(done == 39);
  }
}

BOOST_AUTO_TEST_CASE(send_helpers_away_that_have_nothing_to_do) {
  Crew impatient(many_threads, 3);
  impatient.help();  // returns
  Crew crew(many_threads, forever);
  std::thread helper([&] { crew.help(); });
  crew.dismiss();
  helper.join();
}

BOOST_AUTO_TEST_CASE(serve_several_callers_at_once_and_mix_nothing_up) {
  Staffed staffed(3);
  std::array<bool, 4> is_right{};
  const auto call = [&](std::size_t number) {
    bool right = true;
    for (int job = 0; job < 1000; ++job) {
      Crew::Caller caller(staffed.crew);
      std::vector<int> results(1 + static_cast<std::size_t>(job) % 9, 0);
      caller.run(results.size(), [&](std::size_t index) { ++results[index]; });
      right = right && results == std::vector<int>(results.size(), 1);
    }
    is_right[number] = right;
  };
  std::vector<std::thread> callers;
  for (std::size_t number = 0; number < is_right.size(); ++number) callers.emplace_back(call, number);
  for (auto& caller : callers) caller.join();
  for (bool right : is_right) BOOST_TEST(right);
  BOOST_TEST(staffed.crew.callers() == 0);
}

BOOST_AUTO_TEST_CASE(divide_helpers_evenly_among_callers) {
  // Four helpers: there comes a moment when three threads are at work for each of two callers.
  Staffed staffed(4);
  std::array<std::atomic<int>, 2> at_work{};
  std::atomic<bool> was_even{false};
  const auto call = [&](std::atomic<int>& own) {
    Crew::Caller caller(staffed.crew);
    caller.run(1000, [&](std::size_t) {
      if (was_even) return;
      ++own;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (at_work[0] == 3 && at_work[1] == 3) was_even = true;
      --own;
    });
  };
  std::thread other([&] { call(at_work[1]); });
  call(at_work[0]);
  other.join();
  BOOST_TEST(was_even);
}

BOOST_AUTO_TEST_CASE(let_tasks_have_jobs_of_their_own) {
  for (int helpers : {0, 1, 4}) {
    Staffed staffed(helpers);
    std::array<std::atomic<int>, 8> sums{};
    Crew::Caller caller(staffed.crew);
    caller.run(sums.size(), [&](std::size_t outer) {
      Crew::Caller inner(staffed.crew);
      inner.run(50, [&](std::size_t index) { sums[outer] += static_cast<int>(index); });
    });
    for (const auto& sum : sums) BOOST_TEST(sum == 50 * 49 / 2);
  }
}

BOOST_AUTO_TEST_CASE(keep_to_the_number_of_threads) {
  Staffed staffed(5, 1);
  Crew::Caller caller(staffed.crew);
  for (int threads : {1, 2, 4}) {
    staffed.crew.resize(threads, forever);
    std::atomic<int> at_work{0};
    std::atomic<int> most{0};
    caller.run(300, [&](std::size_t) {
      const int now = ++at_work;
      int before = most;
      while (before < now && !most.compare_exchange_weak(before, now)) {
      }
      if (most < threads) comes_true([&] { return most >= threads; });
      --at_work;
    });
    BOOST_TEST(most == threads);
  }
}

BOOST_AUTO_TEST_SUITE_END()
