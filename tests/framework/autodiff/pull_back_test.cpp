#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <functional>

using namespace xgrad;
using test::check_error;

namespace {

using Rule = std::function<std::optional<Tensor>(const Vjp&, std::size_t)>;

/// A float32 scalar made from inputs of any type, with the rule it is given.
class Ruled final : public Op {
 public:
  explicit Ruled(Rule rule) : rule_(std::move(rule)) {}
  std::string_view name() const override { return "ruled"; }
  std::vector<TensorType> infer(std::span<const TensorType>) const override { return {{DType::float32, {}}}; }
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override { return rule_(at, index); }

 private:
  Rule rule_;
};

Tensor ruled(std::vector<Tensor> inputs, Rule rule) { return apply(std::make_shared<const Ruled>(rule), inputs); }

}  // namespace

BOOST_AUTO_TEST_SUITE(pull_back)

BOOST_AUTO_TEST_CASE(nothing_is_built_where_no_cotangent_arrives) {
  const auto x = input({3});
  Tensor end = x;
  for (int node = 0; node < 100; ++node) end = add(end, end);
  const auto loss = ruled({stop_gradient(end)}, [](const Vjp& at, std::size_t) { return at.cotangent(); });
  const auto before = input({}).node().id();
  gradients(loss, {x});
  // The cotangent of the loss and of the stopped tensor, and the zeros of x.
  BOOST_TEST(input({}).node().id() - before < 10u);
}

BOOST_AUTO_TEST_CASE(rules_are_asked_for_floating_point_inputs_only) {
  const auto x = input({}, "x");
  const auto labels = input({}, "labels", DType::int32);
  std::vector<std::size_t> asked;
  const auto loss = ruled({labels, x}, [&](const Vjp& at, std::size_t index) {
    asked.push_back(index);
    return at.cotangent();
  });
  gradients(loss, {x});
  BOOST_TEST((asked == std::vector<std::size_t>{1}));
  check_error<GradientError>(
      [&] {
        gradients(loss, {x, labels});
      },
      "gradients: expected the derivative with respect to a floating-point tensor, but got input "
      "'labels' of type int32 ()");
}

BOOST_AUTO_TEST_CASE(cotangents_take_the_shape_of_the_input) {
  for (const Shape& shape : {Shape{}, {3}, {1, 3}, {2, 3}, {4, 2, 3}}) {
    const auto x = input({2, 3});
    const auto loss = ruled({x}, [&](const Vjp&, std::size_t) { return input(shape); });
    BOOST_TEST((gradients(loss, {x})[0].shape() == x.shape()));
  }
}

BOOST_AUTO_TEST_CASE(cotangents_of_a_shape_that_does_not_fit_name_the_operator) {
  const auto loss = ruled({input({2, 3}, "x")}, [](const Vjp&, std::size_t) { return input({3, 2}); });
  const auto x = loss.node().inputs()[0];
  check_error<GradientError>([&] { gradients(loss, {x}); },
                             "ruled: the rule of input 0 gave a cotangent of shape (3, 2), but the input has (2, 3)");
}

BOOST_AUTO_TEST_SUITE_END()
