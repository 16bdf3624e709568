#pragma once

#include <vector>

namespace xgrad::benchmark {

/// `count` products of a matrix of its own each with one that all share: `rows` x `inner` times `inner` x `columns`.
struct Product {
  int rows;
  int columns;
  int inner;
  int count = 1;
  bool transpose_left = false;
  bool transpose_right = false;
};

/// The products of a linear layer over `rows` samples: its output, the gradient of its weights and, unless it is the
/// first layer, of its input. A convolution is one of taps * channels inputs over positions.
std::vector<Product> layer_products(int rows, int inputs, int outputs, bool is_first = false);

/// The matrix products of a step and nothing else, in no order: what no training loop can undercut.
class BareProducts {
 public:
  BareProducts(std::vector<Product> products, int threads);

  /// All products once, the rows of each divided into at most `pieces`.
  void run(int pieces);

 private:
  struct Operands {
    Product product;
    std::vector<float> left, right, result;
  };

  static void run_rows(Operands& operands, int index, int begin, int end);

  int threads_;
  std::vector<Operands> operands_;
};

}  // namespace xgrad::benchmark
