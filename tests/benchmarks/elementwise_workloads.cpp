#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "hand_written_elementwise.hpp"
#include "suite.hpp"
#include "torch_peer.hpp"
#include <memory>

namespace xgrad::benchmark {

namespace {

System xgrad_system(const xt::xarray<float>& values, int repeats) {
  const auto columns = static_cast<std::int64_t>(values.shape(1));
  const auto x = input({batch, columns}, "x");
  const auto scale = parameter(xt::xarray<float>(xt::ones<float>({columns})), "scale");
  const auto offset = parameter(xt::xarray<float>(xt::zeros<float>({columns})), "offset");
  const auto counter = parameter(Array(std::int64_t{0}), "counter");
  const auto normalized = layer_norm(gelu(x), scale, offset);
  // What the Dropout layer builds in training.
  const auto kept = greater_equal(random_uniform(counter, normalized.shape(), 1), 0.1);
  const auto y = normalized * where(kept, scalar(1 / 0.9), scalar(0));
  const auto loss = mean(square(y));
  std::vector<Tensor> outputs{loss};
  for (const auto& gradient : gradients(loss, {x, scale, offset})) outputs.push_back(gradient);
  auto step = std::make_shared<Function>(
      compile({x}, outputs, {{.parameter = counter, .value = counter + scalar(1, DType::int64)}}));
  auto results = std::make_shared<std::vector<Array>>((*step)(values));
  return {"xgrad", [=] {
            const ArrayRef argument(values);
            return seconds([&] {
                     for (int repeat = 0; repeat < repeats; ++repeat) step->run({&argument, 1}, *results);
                   }) /
                   repeats;
          }};
}

}  // namespace

std::vector<Workload> elementwise_workloads(const SuiteOptions& options) {
  const int size = options.quick ? 32 : 1'024;
  const int repeats = options.quick ? 1 : 50;
  return {{fmt::format("gelu, layer norm, dropout ({}, {})", size, size), "step", [=](int threads) {
             const auto extent = static_cast<std::int64_t>(size);
             const auto values =
                 std::make_shared<const xt::xarray<float>>(sample_values({extent, extent}).cast(DType::float32));
             const auto by_hand = std::make_shared<HandWrittenElementwise>(size, size, threads);
             std::vector<System> systems{xgrad_system(*values, repeats), {"by hand", [=] {
                                                                            return seconds([&] {
                                                                                     for (int repeat = 0;
                                                                                          repeat < repeats; ++repeat)
                                                                                       by_hand->run(values->data());
                                                                                   }) /
                                                                                   repeats;
                                                                          }}};
             add_torch_elementwise(systems, size, size, repeats, threads);
             return systems;
           }}};
}

}  // namespace xgrad::benchmark
