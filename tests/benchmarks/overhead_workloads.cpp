#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "suite.hpp"
#include <memory>

namespace xgrad::benchmark {

namespace {

struct Step {
  std::vector<Tensor> inputs;
  Tensor loss;
  Updates updates;
};

Step mlp_step() {
  const auto x = input({batch, 784}, "x");
  const auto y = input({batch, 10}, "y");
  const std::vector<Tensor> parameters{
      parameter(glorot_uniform({784, 32}, 1), "w1"), parameter(xt::xarray<float>(xt::zeros<float>({32})), "b1"),
      parameter(glorot_uniform({32, 10}, 2), "w2"), parameter(xt::xarray<float>(xt::zeros<float>({10})), "b2")};
  const auto hidden = relu(dot(x, parameters[0]) + parameters[1]);
  const auto loss = mean(categorical_crossentropy(y, softmax(dot(hidden, parameters[2]) + parameters[3])));
  return {{x, y}, loss, RMSprop{}.updates(parameters, gradients(loss, parameters))};
}

Workload mlp_compile() {
  return {.name = "build and compile the step of 784-32-10",
          .unit = "graph",
          .systems =
              [](int) {
                const auto build = [] {
                  auto step = mlp_step();
                  return compile(step.inputs, {step.loss}, step.updates);
                };
                const xt::xarray<float> x = xt::ones<float>({128, 784});
                const xt::xarray<float> y = xt::ones<float>({128, 10});
                return std::vector<System>{{"until it can be called", [=] { return seconds([&] { build(); }); }},
                                           {"with the first call", [=] { return seconds([&] { build()(x, y); }); }}};
              },
          .one_thread_only = true,
          .compared = false};
}

/// Every formula and its product are two nodes, and their gradient six.
Workload chain(std::int64_t nodes) {
  return {.name = fmt::format("build, differentiate, compile and first run a chain of {} nodes", nodes),
          .unit = "graph",
          .systems =
              [nodes](int) {
                return std::vector<System>{{"xgrad", [nodes] {
                                              const xt::xarray<float> values = xt::ones<float>({16});
                                              return seconds([&] {
                                                const auto x = input({16}, "x");
                                                auto y = x;
                                                for (std::int64_t node = 0; node < nodes; node += 8) y = tanh(y) * x;
                                                const auto loss = sum(y);
                                                compile({x}, {loss, gradients(loss, {x})[0]})(values);
                                              });
                                            }}};
              },
          .one_thread_only = true,
          .compared = false,
          .most_rounds = nodes < 1'000'000 ? 5 : 1};
}

Workload call(bool quick) {
  return {.name = "call of a scalar function",
          .unit = "call",
          .systems =
              [quick](int) {
                const int calls = quick ? 10 : 100'000;
                const auto a = input({}, "a");
                const auto b = input({}, "b");
                const auto function = std::make_shared<Function>(compile({a, b}, {a * b + a}));
                const auto into = [=] {
                  const float left = 2;
                  const float right = 3;
                  const std::vector<ArrayRef> arguments{ArrayRef(left), ArrayRef(right)};
                  std::vector<Array> results = (*function)(std::span(arguments));
                  return seconds([&] {
                           for (int index = 0; index < calls; ++index) function->run(arguments, results);
                         }) /
                         calls;
                };
                const auto fresh = [=] {
                  return seconds([&] {
                           for (int index = 0; index < calls; ++index) (*function)(2.0f, 3.0f);
                         }) /
                         calls;
                };
                return std::vector<System>{{"into the same arrays", into}, {"into new arrays", fresh}};
              },
          .one_thread_only = true,
          .compared = false};
}

}  // namespace

std::vector<Workload> overhead_workloads(const SuiteOptions& options) {
  std::vector<Workload> workloads{mlp_compile()};
  for (std::int64_t nodes : {10'000, 100'000, 1'000'000})
    workloads.push_back(chain(options.quick ? nodes / 1'000 : nodes));
  workloads.push_back(call(options.quick));
  return workloads;
}

}  // namespace xgrad::benchmark
