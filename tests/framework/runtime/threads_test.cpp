#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/tanh.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <algorithm>
#include <string>

using namespace xgrad;

namespace {

/// Leaves the number of threads as it was.
struct KeepThreads {
  int before = threads();
  ~KeepThreads() { set_threads(before); }
};

std::string bytes_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.bytes().data()), array.bytes().size()};
}

/// All bytes of a network's weights after some steps of training on batches of `batch_size` and one smaller batch.
std::string train(int thread_count, std::int64_t features, std::int64_t hidden, std::int64_t batch_size) {
  set_threads(thread_count);
  const test::MlpStep mlp(features, hidden);
  auto step = mlp.compile();
  std::string result;
  for (std::int64_t size : {batch_size, batch_size, batch_size / 3 + 1, batch_size}) {
    const auto data = test::MlpStep::batch_of(size, features);
    result += bytes_of(step(data[0], data[1])[0]);
  }
  for (const auto& weight : mlp.weights) result += bytes_of(weight.value());
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(thread_count)

BOOST_AUTO_TEST_CASE(no_bit_of_training_depends_on_it) {
  const KeepThreads keep;
  struct Case {
    std::int64_t features, hidden, batch_size;
  };
  for (const auto [features, hidden, batch_size] :
       {Case{784, 32, 128}, Case{784, 32, 10}, Case{300, 512, 128}, Case{50, 7, 1000}}) {
    const auto expected = train(1, features, hidden, batch_size);
    for (int count : {2, 3, 8, 64, 1}) {
      BOOST_TEST_INFO(features << "-" << hidden << "-10, batch " << batch_size << ", threads " << count);
      BOOST_TEST((train(count, features, hidden, batch_size) == expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(no_bit_of_long_reductions_and_formulas_depends_on_it) {
  const KeepThreads keep;
  const auto x = parameter(sample_values({3001, 517}).cast(DType::float32));
  const auto y = tanh(x) * exp(x * 0.1) - max(x, 1, true);
  std::string expected;
  for (int count : {1, 2, 3, 8}) {
    set_threads(count);
    const std::string received =
        bytes_of(eval(sum(y))) + bytes_of(eval(sum(y, 0))) + bytes_of(eval(sum(y, 1))) + bytes_of(eval(y));
    if (count == 1) expected = received;
    BOOST_TEST((received == expected), "threads " << count);
  }
}

BOOST_AUTO_TEST_CASE(impossible_counts_are_refused) {
  const KeepThreads keep;
  BOOST_CHECK_THROW(set_threads(-1), ValueError);
  BOOST_CHECK_THROW(set_threads(1 << 20), ValueError);
  set_threads(3);
  BOOST_TEST(threads() == 3);
  set_threads(0);
  BOOST_TEST(threads() >= 1);
}

BOOST_AUTO_TEST_SUITE_END()
