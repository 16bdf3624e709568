#include "bare_products.hpp"

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>

#include "sgemm.hpp"
#include <algorithm>
#include <cstddef>
#include <functional>

namespace xgrad::benchmark {

namespace {

constexpr int fewest_rows = 16;  // of a piece

std::size_t elements(int rows, int columns, int count = 1) {
  return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) * static_cast<std::size_t>(count);
}

}  // namespace

std::vector<Product> layer_products(int rows, int inputs, int outputs, bool is_first) {
  std::vector<Product> products{{rows, outputs, inputs}, {inputs, outputs, rows, 1, true}};
  if (!is_first) products.push_back({rows, inputs, outputs, 1, false, true});
  return products;
}

BareProducts::BareProducts(std::vector<Product> products, int threads) : threads_(threads) {
  for (const auto& product : products) {
    operands_.push_back({product, std::vector<float>(elements(product.rows, product.inner, product.count), 0.1f),
                         std::vector<float>(elements(product.inner, product.columns), 0.01f),
                         std::vector<float>(elements(product.rows, product.columns, product.count))});
  }
}

void BareProducts::run(int pieces) {
  struct Task {
    Operands* operands;
    int index, begin, end;
  };
  std::vector<Task> tasks;
  for (auto& operands : operands_) {
    const int rows = operands.product.rows;
    const int parts = std::clamp(rows / fewest_rows, 1, pieces);
    for (int index = 0; index < operands.product.count; ++index) {
      for (int part = 0; part < parts; ++part) {
        const auto at = [&](int cut) { return static_cast<int>(static_cast<std::int64_t>(rows) * cut / parts); };
        tasks.push_back({&operands, index, at(part), at(part + 1)});
      }
    }
  }
  const auto run_task = [](const Task& task) { run_rows(*task.operands, task.index, task.begin, task.end); };
  if (threads_ == 1) {
    std::for_each(tasks.begin(), tasks.end(), run_task);
  } else {
    tbb::parallel_for(
        std::size_t{0}, tasks.size(), std::size_t{1}, [&](std::size_t index) { run_task(tasks[index]); },
        tbb::simple_partitioner{});
  }
}

void BareProducts::run_rows(Operands& operands, int index, int begin, int end) {
  const auto& [rows, columns, inner, count, transpose_left, transpose_right] = operands.product;
  const float* left = operands.left.data() + elements(rows, inner, index);
  float* result = operands.result.data() + elements(rows, columns, index) + elements(begin, columns);
  sgemm_libraries().back().sgemm(transpose_left, transpose_right, end - begin, columns, inner,
                                 left + (transpose_left ? begin : begin * inner), transpose_left ? rows : inner,
                                 operands.right.data(), transpose_right ? inner : columns, result, columns);
}

}  // namespace xgrad::benchmark
