#include "sizes.hpp"

#include <xgrad/ops/average_pool.hpp>
#include <xgrad/ops/batch_norm.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/layer_norm.hpp>
#include <xgrad/ops/logsumexp.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/prod.hpp>
#include <xgrad/ops/random_normal.hpp>
#include <xgrad/ops/scaled_dot_product_attention.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/standardize.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/take.hpp>
#include <xgrad/ops/transpose.hpp>
#include <xgrad/ops/var.hpp>

#include <array>
#include <cstdint>
#include <utility>

namespace xgrad::test {

std::vector<SizedSample> sized_samples() {
  std::vector<SizedSample> result;
  const auto add = [&](std::string name, std::vector<Extents> shapes, auto build) {
    Sample sample{name, {}, build};
    for (const auto& shape : shapes) {
      sample.inputs.push_back(sample_values(shape, -2, 2, static_cast<int>(sample.inputs.size())));
    }
    result.push_back({std::move(name), std::move(sample)});
  };
  const std::vector<std::pair<std::string, std::vector<std::int64_t>>> some_axes{
      {"axis 0", {0}},          {"axis 1", {1}},          {"axis 2", {2}},
      {"axes 0 and 2", {0, 2}}, {"axes 1 and 2", {1, 2}}, {"all axes", {0, 1, 2}}};
  for (const auto& [label, axes] : some_axes) {
    const Axes over(axes);
    add("sum of (67, 41, 53), " + label, {{67, 41, 53}}, [=](auto x) { return sum(x[0], over); });
    add("mean of (3, 1031, 5), " + label, {{3, 1031, 5}}, [=](auto x) { return mean(x[0], over); });
    add("var of (67, 41, 53), " + label, {{67, 41, 53}}, [=](auto x) { return var(x[0], over); });
    add("logsumexp of (67, 41, 53), " + label, {{67, 41, 53}}, [=](auto x) { return logsumexp(x[0], over); });
  }
  add("prod of (1031,)", {{1031}}, [](auto x) { return prod(x[0]); });
  for (const std::int64_t axis : {0, 1}) {
    const auto label = ", axis " + std::to_string(axis);
    add("cumsum of (1031, 37)" + label, {{1031, 37}}, [=](auto x) { return cumsum(x[0], axis); });
    add("softmax of (331, 777)" + label, {{331, 777}}, [=](auto x) { return softmax(x[0], static_cast<int>(axis)); });
  }
  add("standardize of (331, 777)", {{331, 777}}, [](auto x) { return standardize(x[0]); });
  add("layer_norm of (65, 331)", {{65, 331}, {331}, {331}}, [](auto x) { return layer_norm(x[0], x[1], x[2]); });
  add("batch_norm of (301, 19)", {{301, 19}, {19}, {19}}, [](auto x) { return batch_norm(x[0], x[1], x[2]); });
  for (const auto& [rows, inner, columns] :
       {std::array<std::int64_t, 3>{1, 1000, 1}, {65, 300, 33}, {130, 37, 260}, {7, 2000, 10}, {300, 1, 5}}) {
    const auto label = std::to_string(rows) + " x " + std::to_string(inner) + " x " + std::to_string(columns);
    add("dot, " + label, {{rows, inner}, {inner, columns}}, [](auto x) { return dot(x[0], x[1]); });
    add("dot of transposes, " + label, {{inner, rows}, {columns, inner}},
        [](auto x) { return dot(transpose(x[0]), transpose(x[1])); });
  }
  add("dot of a matrix and a vector", {{65, 300}, {300}}, [](auto x) { return dot(x[0], x[1]); });
  add("matmul of stacks", {{5, 17, 40}, {5, 40, 23}}, [](auto x) { return matmul(x[0], x[1]); });
  add("attention of 4 heads", {{2, 4, 33, 16}, {2, 4, 33, 16}, {2, 4, 33, 16}},
      [](auto x) { return scaled_dot_product_attention(x[0], x[1], x[2], {.causal = true}); });
  add("conv1d of 33 channels", {{3, 70, 33}, {5, 33, 20}},
      [](auto x) { return conv1d(x[0], x[1], {.padding = "same"}); });
  add("conv2d of 32 channels", {{2, 14, 14, 32}, {3, 3, 32, 64}}, [](auto x) { return conv2d(x[0], x[1]); });
  add("conv2d of one channel", {{3, 28, 28, 1}, {5, 5, 1, 9}},
      [](auto x) { return conv2d(x[0], x[1], {.strides = 2}); });
  add("conv2d, dilated", {{2, 14, 14, 12}, {3, 3, 12, 7}}, [](auto x) { return conv2d(x[0], x[1], {.dilation = 2}); });
  add("conv2d in groups", {{2, 14, 14, 12}, {3, 3, 4, 9}}, [](auto x) { return conv2d(x[0], x[1], {.groups = 3}); });
  add("conv2d, depthwise", {{2, 14, 14, 20}, {3, 3, 1, 20}},
      [](auto x) { return conv2d(x[0], x[1], {.padding = "same", .groups = 20}); });
  add("conv3d", {{2, 6, 7, 8, 5}, {2, 3, 3, 5, 6}}, [](auto x) { return conv3d(x[0], x[1]); });
  add("average_pool2d of large windows", {{2, 40, 40, 9}},
      [](auto x) { return average_pool2d(x[0], 17, {.strides = 3}); });
  add("take of rows taken often", {{11, 37}}, [](auto x) {
    Array rows(DType::int64, {1000});
    for (std::int64_t i = 0; i < 1000; ++i) rows.data<std::int64_t>()[static_cast<std::size_t>(i)] = i * i % 11;
    return take(x[0], constant(std::move(rows)), 0);
  });
  result.push_back({"random_normal of (3001,)",
                    {"", {Array(std::int64_t{5})}, [](auto x) { return random_normal(x[0], {3001}, 7); }}});
  return result;
}

}  // namespace xgrad::test
