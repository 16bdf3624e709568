// Whatever allocation fails, there is an error, and parameters hold what they held before or after a whole step.

#include <xgrad/framework/core/registry.hpp>
#include <xgrad/xgrad.hpp>

#include "../bytes_of.hpp"
#include "failing_malloc.hpp"
#include <functional>
#include <iostream>
#include <set>
#include <string>

namespace {

using namespace xgrad;
using test::bytes_of;

/// A step of training as graph: two layers, momentum, a convolution in front.
struct Step {
  explicit Step(const std::vector<Array>& values) {
    for (const auto& value : values) weights.push_back(parameter(value, "w"));
    const auto x = input({batch, 6, 6, 1}, "x");
    const auto y = input({batch, 3}, "y");
    const auto features = relu(conv2d(x, weights[0]));
    const auto hidden = tanh(dot(reshape(features, {batch, 64}), weights[1]));
    const auto loss = mean(categorical_crossentropy(y, softmax(dot(hidden, weights[2]))));
    const auto slopes = gradients(loss, std::span<const Tensor>(weights).first(3));
    Updates updates;
    for (std::size_t index = 0; index < slopes.size(); ++index) {
      const auto momentum = weights[3 + index] * 0.9f + slopes[index];
      updates.push_back({weights[3 + index], momentum});
      updates.push_back({weights[index], weights[index] - momentum * 0.1f});
    }
    function.emplace(compile({x, y}, {loss}, updates));
  }

  std::vector<Tensor> weights;
  std::optional<Function> function;
};

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Lets one allocation after the other fail in `attempt`, until it comes to its end without. `attempt` is given a
/// function that says from when on allocations fail, and after a failure `check` looks at what is left.
void fail_each(const std::string& what, long stride, const std::function<void(const std::function<void()>&)>& attempt,
               const std::function<void()>& check) {
  long count = 0;
  for (long number = 0;; number += stride, ++count) {
    test::has_failed = false;
    bool has_thrown = false;
    try {
      attempt([&] { test::until_failure = number; });
      test::until_failure = -1;
    } catch (const Error&) {
      test::until_failure = -1;
      has_thrown = true;
    } catch (const std::bad_alloc&) {
      test::until_failure = -1;
      has_thrown = true;
    }
    check();
    if (!test::has_failed && has_thrown) throw Failure(what + ": an error without a failed allocation");
    if (!test::has_failed) break;
  }
  std::cout << what << ": " << count << " allocations failed, one in each attempt\n";
  if (count < 10) throw Failure(what + ": too few allocations to be true");
}

void steps_stay_whole(std::int64_t samples) {
  const auto values = [] {
    std::vector<Array> result;
    const std::vector<Extents> shapes{{3, 3, 1, 4}, {64, 16}, {16, 3}};
    for (const auto& shape : shapes) result.push_back(sample_values(shape, -0.5, 0.5).cast(DType::float32));
    for (const auto& shape : shapes) result.push_back(Array::zeros(DType::float32, shape));
    return result;
  }();
  const auto x = sample_values({samples, 6, 6, 1}).cast(DType::float32);
  const Array y = xt::ones<float>({samples, std::int64_t{3}}) / 3.0f;
  std::set<std::string> whole;
  {
    Step step(values);
    whole.insert(bytes_of(step.weights));
    for (int call = 0; call < 2; ++call) {
      (*step.function)(x, y);
      whole.insert(bytes_of(step.weights));
    }
  }
  std::optional<Step> step;
  const auto check = [&] {
    if (step && !whole.contains(bytes_of(step->weights))) throw Failure("a step was done in part");
  };
  const auto build = [&](const auto& start) {
    step.reset();
    start();
    step.emplace(values);
  };
  fail_each("build and compile", 1, build, check);
  const auto run = [&](const auto& start) {
    step.reset();
    step.emplace(values);
    start();
    for (int call = 0; call < 2; ++call) (*step->function)(x, y);
  };
  fail_each("run", 1, run, check);
}

void fitting_stays_whole() {
  const auto x = sample_values({40, 8}).cast(DType::float32);
  const Array y = xt::ones<float>({40, 3}) / 3.0f;
  std::set<std::string> whole;
  std::optional<Sequential> model;
  const auto weights = [&] {
    std::string result;
    for (const auto& each : model->weights()) result += bytes_of(each.value());
    return result;
  };
  const auto make = [&] {
    set_random_seed(1);
    model.reset();
    model.emplace();
    model->add(Dense{.units = 12, .activation = relu, .input_shape = {8}});
    model->add(Dropout{.rate = 0.5});
    model->add(Dense{.units = 3, .activation = softmax});
    model->compile({.optimizer = "adam", .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  };
  const FitOptions options{.epochs = 2, .batch_size = 16, .validation_split = 0.2, .verbose = 0};
  make();
  whole.insert(weights());
  auto noting = options;
  noting.callbacks = {{.on_batch_end = [&](std::int64_t, const Logs&) { whole.insert(weights()); }}};
  model->fit(x, y, noting);
  const auto check = [&] {
    if (!whole.contains(weights())) throw Failure("a step of fit was done in part");
  };
  const auto fit = [&](const auto& start) {
    make();
    start();
    model->fit(x, y, options);
  };
  constexpr long stride = 7;  // there are thousands
  fail_each("fit", stride, fit, check);
}

}  // namespace

int main() {
  try {
    set_threads(1);
    steps_stay_whole(20);
    fitting_stays_whole();
    set_threads(2);
    steps_stay_whole(2000);  // enough to be shared
  } catch (const Failure& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
  return 0;
}
