// What building an expression makes of it before anything runs.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/graphviz.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace xgrad;

namespace {

std::size_t count(std::initializer_list<Tensor> tensors, std::string_view op) {
  const auto nodes = nodes_below({tensors.begin(), tensors.size()});
  return static_cast<std::size_t>(
      std::count_if(nodes.begin(), nodes.end(), [=](const auto& node) { return node->op().name() == op; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graphs_of_operators)

BOOST_AUTO_TEST_CASE(dot_reads_transposed_operands_in_place) {
  const Tensor x = input({batch, 784}, "x");
  const Tensor w = input({784, 32}, "w");
  const Tensor loss = sum(square(dot(x, w)));
  const auto grads = gradients(loss, {x, w});
  BOOST_TEST(count({grads[0], grads[1]}, "transpose") == 0);
  BOOST_TEST(count({dot(transpose(w), transpose(x))}, "transpose") == 0);
  // Nor do the gradients of gradients, and of products that were transposed to begin with.
  const auto again = gradients(sum(square(grads[0])) + sum(square(grads[1])), {x, w});
  BOOST_TEST(count({again[0], again[1]}, "transpose") == 0);
  const Tensor flipped = dot(transpose(w), transpose(x));
  const auto flipped_grads = gradients(sum(square(flipped)), {x, w});
  BOOST_TEST(count({flipped_grads[0], flipped_grads[1]}, "transpose") == 0);
}

BOOST_AUTO_TEST_CASE(dot_of_more_axes_is_one_product_of_matrices) {
  const Tensor x = input({batch, 5, 3});
  const Tensor product = dot(x, input({3, 4}));
  BOOST_TEST((product.shape() == Shape{batch, 5, 4}));
  BOOST_TEST(count({product}, "dot") == 1);
  BOOST_TEST(count({product}, "transpose") == 0);
}

BOOST_AUTO_TEST_CASE(matmul_reads_transposed_operands_in_place) {
  const Tensor x = input({batch, 4, 3});
  const Tensor y = input({batch, 5, 3});
  const Tensor product = matmul(x, transpose(y, {0, 2, 1}));
  const auto grads = gradients(sum(square(product)), {x, y});
  BOOST_TEST(count({product, grads[0], grads[1]}, "transpose") == 0);
  BOOST_TEST(count({matmul(transpose(input({5, 4})), y)}, "transpose") == 0);
}

BOOST_AUTO_TEST_CASE(matmul_by_a_matrix_is_dot) {
  const Tensor product = matmul(input({batch, 4, 3}), input({3, 2}));
  BOOST_TEST(count({product}, "matmul") == 0);
  BOOST_TEST(count({product}, "dot") == 1);
}

// From either side the chain is as long, but only one order of its products keeps to vectors.
BOOST_AUTO_TEST_CASE(einsum_contracts_first_what_leaves_least) {
  const Tensor vector = input({100});
  const Tensor matrix = input({100, 100});
  const auto largest = [](const Tensor& result) {
    std::int64_t size = 0;
    const auto nodes = nodes_below({&result, 1});
    for (const auto& node : nodes) {
      if (node->op().name() == "dot") size = std::max(size, node->outputs()[0].shape.size().value());
    }
    return size;
  };
  BOOST_TEST(largest(einsum("ij,jk,k->i", {matrix, matrix, vector})) == 100);
  BOOST_TEST(largest(einsum("i,ij,jk->k", {vector, matrix, matrix})) == 100);
  // Outer products come last, whatever their place in the expression.
  BOOST_TEST(largest(einsum("i,j,ij->", {vector, vector, matrix})) == 100);
  const Tensor samples = input({batch, 100});
  const Tensor forms = einsum("bi,ij,bj->b", {samples, matrix, samples});
  BOOST_TEST(count({forms}, "dot") == 1);
  BOOST_TEST((forms.shape() == Shape{batch}));
}

BOOST_AUTO_TEST_CASE(transposes_cancel) {
  const Tensor x = input({2, 3, 4});
  BOOST_TEST((transpose(transpose(x)) == x));
  BOOST_TEST((transpose(x, {0, 1, 2}) == x));
  BOOST_TEST(count({transpose(transpose(x, {1, 2, 0}), {0, 2, 1})}, "transpose") == 1);
}

BOOST_AUTO_TEST_CASE(what_changes_nothing_is_not_built) {
  const Tensor x = input({batch, 3});
  BOOST_TEST((reshape(x, {batch, infer_dim}) == x));
  BOOST_TEST((cast(x, DType::float32) == x));
  BOOST_TEST((flatten(x) == x));
  BOOST_TEST((sum(x, Axes(std::initializer_list<std::int64_t>{})) == x));
}

BOOST_AUTO_TEST_CASE(log_of_softmax_is_log_softmax) {
  const Tensor x = input({2, 3, 4});
  for (int axis : {0, 1, 2, -1}) {
    BOOST_TEST(count({log(softmax(x, axis))}, "log") == 0);
    BOOST_TEST(count({log(softmax(x, axis))}, "log_softmax") == 1);
  }
  BOOST_TEST(count({log(transpose(softmax(x)))}, "log") == 0);
  BOOST_TEST(count({log(x)}, "log") == 1);
}

BOOST_AUTO_TEST_CASE(crossentropies_read_predictions_through_their_logits) {
  const Tensor x = input({batch, 10});
  const Tensor y = input({batch, 10});
  BOOST_TEST(count({categorical_crossentropy(y, softmax(x))}, "softmax") == 0);
  BOOST_TEST(count({categorical_crossentropy(y, x)}, "log") == 1);
  // Not along the classes: these are no distributions over them.
  BOOST_TEST(count({categorical_crossentropy(y, softmax(x, 0))}, "softmax") == 1);
  BOOST_TEST(count({binary_crossentropy(y, sigmoid(x))}, "sigmoid") == 0);
  BOOST_TEST(count({binary_crossentropy(y, x)}, "log") == 2);
}

BOOST_AUTO_TEST_CASE(sizes_with_symbols) {
  const Tensor x = input({batch, 28, 28});
  BOOST_TEST((flatten(x).shape() == Shape{batch, 784}));
  BOOST_TEST((reshape(x, {infer_dim, 28}).shape() == Shape{batch * 28, 28}));
  BOOST_TEST((reshape(x, {batch, infer_dim}).shape() == Shape{batch, 784}));
  BOOST_TEST((mean(x, {1, 2}).shape() == Shape{batch}));
  BOOST_TEST((sum(x, -1, true).shape() == Shape{batch, 28, 1}));
  BOOST_TEST((argmax(x, -1).shape() == Shape{batch, 28}));
  BOOST_TEST((one_hot(argmax(flatten(x), -1), 784).shape() == Shape{batch, 784}));
  BOOST_TEST(
      (sparse_categorical_crossentropy(input({batch}, {}, DType::uint8), softmax(flatten(x))).shape() == Shape{batch}));
}

BOOST_AUTO_TEST_CASE(numbers_take_the_dtype_of_the_tensor) {
  for (auto dtype : {DType::float32, DType::float64, DType::int32, DType::int64, DType::uint8}) {
    const Tensor x = input({3}, {}, dtype);
    for (const auto& result : {x + 1, 1 + x, x - 1, 1 - x, x * 2, 2 * x, maximum(x, 1), minimum(x, 1)}) {
      BOOST_TEST(to_string(result.dtype()) == to_string(dtype));
    }
    BOOST_TEST(to_string(greater(x, 1).dtype()) == "bool");
  }
}

BOOST_AUTO_TEST_SUITE_END()
