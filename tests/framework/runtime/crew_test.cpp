#include <xgrad/framework/runtime/crew.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace xgrad;

namespace {

/// A crew with threads that help until the end of the test.
class Staffed {
 public:
  explicit Staffed(int helpers) : crew(std::numeric_limits<int>::max()) {
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

}  // namespace

BOOST_AUTO_TEST_SUITE(crews)

BOOST_AUTO_TEST_CASE(do_every_task_of_every_job_once) {
  for (int helpers : {0, 1, 3, 7}) {
    Staffed staffed(helpers);
    std::vector<int> calls(37);
    for (int job = 0; job < 2000; ++job) {
      const auto count = static_cast<std::size_t>(job % 38);
      staffed.crew.run(count, [&](std::size_t index) { ++calls[index]; });
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
    std::vector<int> results(16, 0);
    staffed.crew.run(results.size(), [&](std::size_t index) { results[index] = job; });
    BOOST_REQUIRE(results == std::vector<int>(16, job));
  }
}

BOOST_AUTO_TEST_CASE(pass_on_what_a_task_throws_and_work_on) {
  Staffed staffed(2);
  for (int job = 0; job < 50; ++job) {
    std::atomic<int> done{0};
    const auto body = [&](std::size_t index) {
      if (index == 5) throw std::runtime_error("task 5");
      ++done;
    };
    BOOST_CHECK_THROW(staffed.crew.run(20, body), std::runtime_error);
    BOOST_TEST(done == 19);
    staffed.crew.run(20, [&](std::size_t) { ++done; });
    BOOST_TEST(done == 39);
  }
}

BOOST_AUTO_TEST_CASE(send_helpers_away_that_have_nothing_to_do) {
  Crew impatient(3);
  impatient.help();  // returns
  Crew crew(std::numeric_limits<int>::max());
  std::thread helper([&] { crew.help(); });
  crew.dismiss();
  helper.join();
}

BOOST_AUTO_TEST_SUITE_END()
