#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "mlp_step.hpp"
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <set>
#include <string>
#include <thread>

using namespace xgrad;
using test::check_error;

namespace {

/// Leaves the number of threads as it was.
struct KeepThreads {
  int before = threads();
  ~KeepThreads() { set_threads(before); }
};

/// The threads that have been at something.
class Visitors {
 public:
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return threads_.size();
  }

  /// Signs, and waits for a second thread; not for ever, and not again after that.
  void wait_for_two() {
    {
      const std::lock_guard lock(mutex_);
      threads_.insert(std::this_thread::get_id());
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!has_waited_ && count() < 2 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    has_waited_ = true;
  }

 private:
  std::atomic<bool> has_waited_{false};
  std::mutex mutex_;
  std::set<std::thread::id> threads_;
};

/// x itself, made in many tasks that all wait until two threads have come to them.
class ForTwoThreads final : public Op {
 public:
  explicit ForTwoThreads(Visitors& visitors) : visitors_(visitors) {}
  std::string_view name() const override { return "for_two_threads"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& arguments) const override {
    visitors_.wait_for_two();
    const auto& x = arguments.inputs[0];
    std::memcpy(arguments.outputs[0].data, x.data, static_cast<std::size_t>(element_count(x.shape)) * size_of(x.dtype));
  }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0}; }
  double cost(std::span<const Extents>) const override { return 1e9; }

 private:
  Visitors& visitors_;
};

/// The square of x, by a call of a function of its own in each block.
class SquareByFunction final : public Op {
 public:
  std::string_view name() const override { return "square_by_function"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    Array argument(x.dtype, Extents(x.shape.begin(), x.shape.end()));
    std::memcpy(argument.bytes().data(), x.data, argument.bytes().size());
    const auto y = input({batch, x.shape[1]}, "y");
    auto function = xgrad::compile({y}, {dot(y * y, constant(identity(x.shape[1])))});
    const auto result = function(argument);
    std::memcpy(arguments.outputs[0].data, result[0].bytes().data(), result[0].bytes().size());
  }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0}; }
  double cost(std::span<const Extents>) const override { return 1e5; }

 private:
  static Array identity(std::int64_t size) {
    Array result = Array::zeros(DType::float32, {size, size});
    for (std::int64_t row = 0; row < size; ++row) result.data<float>()[static_cast<std::size_t>(row * (size + 1))] = 1;
    return result;
  }
};

/// x itself, after a sign to go on.
class Waiting final : public Op {
 public:
  Waiting(std::atomic<bool>& is_inside, std::atomic<bool>& may_go_on) : is_inside_(is_inside), may_go_on_(may_go_on) {}
  std::string_view name() const override { return "waiting"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& arguments) const override {
    is_inside_ = true;
    while (!may_go_on_) std::this_thread::yield();
    const auto& x = arguments.inputs[0];
    std::memcpy(arguments.outputs[0].data, x.data, static_cast<std::size_t>(element_count(x.shape)) * size_of(x.dtype));
  }

 private:
  std::atomic<bool>& is_inside_;
  std::atomic<bool>& may_go_on_;
};

std::string bytes_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.bytes().data()), array.bytes().size()};
}

/// All bytes of losses and weights of a training by itself.
std::string train(int steps) {
  const test::MlpStep mlp(300, 64);
  auto step = mlp.compile();
  const std::array data{test::MlpStep::batch_of(256, 300), test::MlpStep::batch_of(70, 300)};
  std::string result;
  for (int count = 0; count < steps; ++count) {
    const auto& [x, y] = std::tie(data[count % 2][0], data[count % 2][1]);
    result += bytes_of(step(x, y)[0]);
  }
  for (const auto& weight : mlp.weights) result += bytes_of(weight.value());
  return result;
}

/// Calls `work` on so many threads at once, with their numbers.
template <class Work>
void at_once(std::size_t threads, const Work& work) {
  std::vector<std::thread> others;
  for (std::size_t number = 1; number < threads; ++number) others.emplace_back([&work, number] { work(number); });
  work(0);
  for (auto& other : others) other.join();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(concurrent_calls)

BOOST_AUTO_TEST_CASE(every_caller_gets_help) {
  const KeepThreads keep;
  set_threads(4);  // two callers and two helpers
  std::array<Visitors, 2> visitors;
  at_once(visitors.size(), [&](std::size_t number) {
    const auto x = input({batch, 4}, "x");
    auto function = compile({x}, {apply(std::make_shared<const ForTwoThreads>(visitors[number]), {x})});
    function(Array::zeros(DType::float32, {4096, 4}));
  });
  for (auto& visitor : visitors) BOOST_TEST(visitor.count() >= 2u);
}

BOOST_AUTO_TEST_CASE(give_the_bits_of_calls_one_after_the_other) {
  const KeepThreads keep;
  const auto expected = train(12);
  for (int count : {1, 2, 3, 8, 64}) {
    set_threads(count);
    std::array<std::string, 3> received;
    at_once(received.size(), [&](std::size_t number) { received[number] = train(12); });
    for (const auto& bytes : received) BOOST_TEST((bytes == expected), "threads " << count);
  }
}

BOOST_AUTO_TEST_CASE(one_function_may_be_called_by_several_threads) {
  const KeepThreads keep;
  set_threads(3);
  const test::MlpStep mlp(300, 64);
  auto function = compile({mlp.x, mlp.y}, {mlp.loss});
  std::vector<std::vector<Array>> batches;
  std::vector<double> expected;
  for (std::int64_t size = 1; size <= 400; size += 19) {  // more sizes than a function keeps plans for
    batches.push_back(test::MlpStep::batch_of(size, 300));
    expected.push_back(function(batches.back()[0], batches.back()[1])[0].item());
  }
  std::array<int, 4> wrong{};
  at_once(wrong.size(), [&](std::size_t number) {
    for (std::size_t call = 0; call < 200; ++call) {
      const auto chosen = (call * (number + 1)) % batches.size();
      wrong[number] += function(batches[chosen][0], batches[chosen][1])[0].item() != expected[chosen];
      if (call % 50 == 0) wrong[number] += function.explain().empty();
    }
  });
  for (int count : wrong) BOOST_TEST(count == 0);
}

BOOST_AUTO_TEST_CASE(more_callers_than_kept_plans_get_what_one_gets_alone) {
  const KeepThreads keep;
  set_threads(2);
  const test::MlpStep mlp(20, 16);
  auto function = compile({mlp.x, mlp.y}, {mlp.loss});
  constexpr std::size_t callers = 24;
  std::vector<std::vector<Array>> batches;
  std::vector<double> expected;
  for (std::size_t number = 0; number < callers; ++number) {
    batches.push_back(test::MlpStep::batch_of(static_cast<std::int64_t>(number) + 1, 20));
    expected.push_back(function(batches.back()[0], batches.back()[1])[0].item());
  }
  std::array<int, callers> wrong{};
  at_once(callers, [&](std::size_t number) {
    for (std::size_t call = 0; call < 30; ++call) {
      const auto chosen = (number + call) % callers;
      wrong[number] += function(batches[chosen][0], batches[chosen][1])[0].item() != expected[chosen];
    }
  });
  for (int count : wrong) BOOST_TEST(count == 0);
}

BOOST_AUTO_TEST_CASE(a_second_call_that_updates_the_same_parameters_is_refused) {
  const auto x = input({batch, 4}, "x");
  const auto count = parameter(0.0f, "count");
  std::atomic<bool> is_inside = false;
  std::atomic<bool> may_go_on = false;
  const auto waiting = apply(std::make_shared<const Waiting>(is_inside, may_go_on), {x});
  auto step = compile({x}, {sum(waiting)}, {{count, count + 1.0}});
  const auto data = Array::zeros(DType::float32, {3, 4});
  std::thread first([&] { step(data); });
  while (!is_inside) std::this_thread::yield();
  check_error<StateError>(
      [&] { step(data); },
      "Function: expected one call at a time, because it updates parameters, but another is running");
  may_go_on = true;
  first.join();
  BOOST_TEST(count.value().item() == 1);
  step(data);
  BOOST_TEST(count.value().item() == 2);
}

BOOST_AUTO_TEST_CASE(the_number_of_threads_may_change_under_way) {
  const KeepThreads keep;
  const auto expected = train(40);
  std::atomic<bool> is_done{false};
  std::string received;
  std::thread caller([&] {
    received = train(40);
    is_done = true;
  });
  for (int round = 0; !is_done; ++round) set_threads(std::array{1, 2, 3, 8, 64}[static_cast<std::size_t>(round) % 5]);
  caller.join();
  BOOST_TEST((received == expected));
}

BOOST_AUTO_TEST_CASE(a_task_may_call_a_function) {
  const KeepThreads keep;
  const auto x = input({batch, 16}, "x");
  // What the chain computes around the calls lies in the scratch memory of the thread meanwhile.
  const auto before = dot(x * 0.5, constant(sample_values({16, 16}).cast(DType::float32)));
  const auto squares = apply(std::make_shared<const SquareByFunction>(), {before});
  auto nested = compile({x}, {sum(squares - before * before, 1), squares});
  const auto argument = sample_values({2048, 16}).cast(DType::float32);
  std::string expected;
  for (int count : {1, 2, 8}) {
    set_threads(count);
    const auto results = nested(argument);
    for (float difference : results[0].data<float>()) BOOST_REQUIRE(difference == 0);
    if (count == 1) expected = bytes_of(results[1]);
    BOOST_TEST((bytes_of(results[1]) == expected), "threads " << count);
  }
}

BOOST_AUTO_TEST_SUITE_END()
