// Single kernels: matrix products, formulas over one tile, reductions. Arguments are Google Benchmark's.

#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/xgrad.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <string>
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
  std::vector<float> values(tile);
  for (std::size_t index = 0; index < tile; ++index) values[index] = 0.1f + static_cast<float>(index) * 0.002f;
  const std::vector<const std::byte*> inputs(dtypes.size(), reinterpret_cast<const std::byte*>(values.data()));
  std::vector<float> results(tile);
  for (auto _ : state) {
    kernel(inputs.data(), reinterpret_cast<std::byte*>(results.data()), tile);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tile));
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
  for (bool over_rows : {true, false}) {
    benchmark::RegisterBenchmark(over_rows ? "sum/columns" : "sum/rows", column_sums, over_rows)
        ->Args({128, 32})
        ->Args({128, 512})
        ->Args({1'024, 1'024});
  }
  benchmark::RunSpecifiedBenchmarks();
}
