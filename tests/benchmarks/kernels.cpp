// Single kernels: matrix products, formulas over one tile, reductions. Arguments are Google Benchmark's.

#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/random.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/xgrad.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

enum Layout { plain, left_transposed, right_transposed };

void product(benchmark::State& state, Layout layout) {
  const auto rows = state.range(0);
  const auto columns = state.range(1);
  const auto inner = state.range(2);
  const std::vector<float> left(static_cast<std::size_t>(rows * inner), 0.5f);
  const std::vector<float> right(static_cast<std::size_t>(inner * columns), 0.5f);
  std::vector<float> result(static_cast<std::size_t>(rows * columns));
  const auto stored = [](const std::vector<float>& values, std::int64_t height, std::int64_t width, bool transposed) {
    if (transposed) std::swap(height, width);
    const xgrad::MatrixView<const float> stored{values.data(), height, width, width};
    return transposed ? stored.transposed() : stored;
  };
  const auto left_view = stored(left, rows, inner, layout == left_transposed);
  const auto right_view = stored(right, inner, columns, layout == right_transposed);
  const xgrad::MatrixView<float> result_view{result.data(), rows, columns, columns};
  for (auto _ : state) {
    xgrad::gemm(left_view, right_view, result_view);
    benchmark::ClobberMemory();
  }
  state.counters["FLOPS"] = benchmark::Counter(2.0 * static_cast<double>(rows * columns * inner),
                                               benchmark::Counter::kIsIterationInvariantRate);
}

void formula(benchmark::State& state, const xgrad::Tensor& tensor) {
  constexpr std::size_t tile = 1'024;
  const auto& node = tensor.node();
  const auto& op = dynamic_cast<const xgrad::Elementwise&>(node.op());
  std::vector<xgrad::DType> dtypes;
  for (const auto& input : node.inputs()) dtypes.push_back(input.dtype());
  const auto kernel = op.kernel(dtypes);
  std::vector<std::vector<double>> values(dtypes.size(), std::vector<double>(tile));  // room for any dtype
  std::vector<const std::byte*> inputs;
  for (std::size_t input = 0; input < dtypes.size(); ++input) {
    xgrad::visit(dtypes[input], [&]<class T>() {
      auto* elements = reinterpret_cast<T*>(values[input].data());
      for (std::size_t index = 0; index < tile; ++index) {
        const auto number = std::is_floating_point_v<T> ? 0.1 + static_cast<double>(index) * 0.002 : index * 7 % 3 % 2;
        elements[index] = static_cast<T>(number);
      }
    });
    inputs.push_back(reinterpret_cast<const std::byte*>(values[input].data()));
  }
  std::vector<std::vector<double>> results(node.outputs().size(), std::vector<double>(tile));
  std::vector<std::byte*> outputs;
  for (auto& result : results) outputs.push_back(reinterpret_cast<std::byte*>(result.data()));
  for (auto _ : state) {
    kernel(inputs.data(), outputs.data(), tile);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tile));
}

template <class T>
void uniform_numbers(benchmark::State& state) {
  std::vector<T> values(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    xgrad::fill_uniform({.seed = 1, .stream = 2}, 0, values);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// A tensor without inputs, computed whole on one thread.
void computed(benchmark::State& state, const xgrad::Tensor& tensor) {
  xgrad::set_threads(1);
  auto function = xgrad::compile({}, {tensor});
  std::vector<xgrad::Array> results = function();
  for (auto _ : state) {
    function.run({}, results);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(results[0].size()));
}

void column_sums(benchmark::State& state, bool over_rows) {
  const std::array<std::int64_t, 2> shape{state.range(0), state.range(1)};
  const std::array<std::int64_t, 1> kept{over_rows ? shape[1] : shape[0]};
  std::vector<float> values(static_cast<std::size_t>(shape[0] * shape[1]), 0.5f);
  std::vector<float> sums(static_cast<std::size_t>(kept[0]));
  const auto view = [](std::vector<float>& data, std::span<const std::int64_t> extents, std::int64_t stride) {
    return xgrad::ArrayView{reinterpret_cast<std::byte*>(data.data()), xgrad::DType::float32, extents, stride};
  };
  const std::array<bool, 2> reduced{over_rows, !over_rows};
  for (auto _ : state) {
    xgrad::reduce<float>(view(values, shape, shape[1]), view(sums, kept, 1), std::span<const bool>(reduced), 0.0f,
                         std::plus<float>());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * shape[0] * shape[1] * static_cast<std::int64_t>(sizeof(float)));
}

void register_formulas() {
  using namespace xgrad;
  const auto x = input({1'024}, "x");
  for (const auto& tensor : {x + x, x * x, x / x, relu(x), sqrt(x), exp(x), log(x), tanh(x), sigmoid(x), erf(x)}) {
    const std::string name = "formula/" + std::string(tensor.node().op().name());
    benchmark::RegisterBenchmark(name.c_str(), formula, tensor);
  }
}

// Comparisons and choices beside the formula that needs no boolean array.
void register_booleans() {
  using namespace xgrad;
  for (const auto dtype : {DType::float32, DType::float64, DType::int32}) {
    const auto x = input({1'024}, "x", dtype);
    const auto condition = input({1'024}, "condition", DType::boolean);
    for (const auto& tensor : {x + x, maximum(x, x), greater(x, x), where(condition, x, x), cast(condition, dtype),
                               logical_and(x, x), isfinite(x)}) {
      const auto name = "boolean/" + std::string(tensor.node().op().name()) + "/" + std::string(to_string(dtype));
      benchmark::RegisterBenchmark(name.c_str(), formula, tensor);
    }
  }
}

void register_random_numbers() {
  using namespace xgrad;
  benchmark::RegisterBenchmark("random/fill_uniform/float32", uniform_numbers<float>)->Arg(1'024);
  benchmark::RegisterBenchmark("random/fill_uniform/float64", uniform_numbers<double>)->Arg(1'024);
  const auto counter = parameter(Array(std::int64_t{0}), "counter");
  const Shape shape{64, 1'024};
  const auto x = parameter(Array(DType::float32, {64, 1'024}), "x");
  const std::pair<const char*, Tensor> tensors[] = {
      {"uniform", random_uniform(counter, shape, 1)},
      {"normal", random_normal(counter, shape, 1)},
      {"normal/float64", random_normal(counter, shape, 1, DType::float64)},
      {"bernoulli", random_bernoulli(counter, shape, 0.3, 1)},
      {"dropout", dropout(x, 0.1, counter, 1)},
  };
  for (const auto& [name, tensor] : tensors) {
    benchmark::RegisterBenchmark(("random/" + std::string(name)).c_str(), computed, tensor);
  }
}

void register_products() {
  // Forward, weight gradient and input gradient of the layers of the compared networks, whole and in blocks of rows.
  for (const auto& [batch, inputs, outputs] : std::vector<std::array<std::int64_t, 3>>{
           {128, 784, 32}, {32, 784, 32}, {10, 784, 32}, {128, 784, 512}, {64, 784, 512}, {1'024, 512, 512}}) {
    benchmark::RegisterBenchmark("product/forward", product, plain)->Args({batch, outputs, inputs});
    benchmark::RegisterBenchmark("product/weight_gradient", product, left_transposed)->Args({inputs, outputs, batch});
    benchmark::RegisterBenchmark("product/input_gradient", product, right_transposed)->Args({batch, inputs, outputs});
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  register_products();
  register_formulas();
  register_booleans();
  register_random_numbers();
  for (bool over_rows : {true, false}) {
    benchmark::RegisterBenchmark(over_rows ? "sum/columns" : "sum/rows", column_sums, over_rows)
        ->Args({128, 32})
        ->Args({128, 512})
        ->Args({1'024, 1'024});
  }
  benchmark::RunSpecifiedBenchmarks();
}
