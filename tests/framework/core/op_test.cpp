#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <stdexcept>

using namespace xgrad;
using test::check_error;

namespace {

/// Has as many outputs as asked for, of the type of the first input, which must be a matrix; nothing else is defined.
class Copies final : public Op {
 public:
  explicit Copies(std::size_t count) : count_(count) {}
  std::string_view name() const override { return "copies"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() != 2) throw ShapeError("copies: expected a matrix");
    return std::vector<TensorType>(count_, inputs[0]);
  }

 private:
  std::size_t count_;
};

std::shared_ptr<const Op> copies(std::size_t count) { return std::make_shared<const Copies>(count); }

}  // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(apply_all_gives_every_output_of_one_node) {
  const auto x = input({2, 3}, "x", DType::int32);
  const auto op = copies(3);
  const auto outputs = apply_all(op, {x});
  BOOST_REQUIRE(outputs.size() == 3u);
  for (std::size_t index = 0; index < 3; ++index) {
    BOOST_TEST(outputs[index].output() == index);
    BOOST_TEST((outputs[index].type() == x.type()));
    BOOST_TEST(&outputs[index].node() == &outputs[0].node());
  }
  BOOST_TEST((outputs[0].node().inputs()[0] == x));
  BOOST_TEST(outputs[0].node().shared_op() == op);
  BOOST_TEST(outputs[0].node().id() > x.node().id());
}

BOOST_AUTO_TEST_CASE(inputs_that_do_not_fit_are_refused_at_once) {
  check_error<ShapeError>([] { apply(copies(1), {input({3})}); }, "copies: expected a matrix");
}

BOOST_AUTO_TEST_CASE(apply_is_for_operators_with_one_output) {
  const auto x = input({2, 3});
  BOOST_TEST((apply(copies(1), {x}).type() == x.type()));
  check_error<std::logic_error>([&] { apply(copies(2), {x}); }, "copies: the operator has 2 outputs; use apply_all");
  check_error<std::logic_error>([&] { apply(copies(0), {x}); }, "copies: the operator has 0 outputs");
}

// An unqualified call finds std::apply too, through the std::shared_ptr.
BOOST_AUTO_TEST_CASE(apply_takes_a_vector_and_a_pointer_to_any_operator_class) {
  std::vector<Tensor> inputs{input({2, 3})};
  BOOST_TEST((apply(std::make_shared<const Copies>(1), inputs).type() == inputs[0].type()));
  BOOST_TEST((apply(std::make_shared<Copies>(1), std::move(inputs)).rank() == 2));
}

BOOST_AUTO_TEST_CASE(what_an_operator_leaves_out_is_an_error_or_the_safe_choice) {
  const auto op = copies(1);
  const auto x = input({2, 3});
  const std::vector<TensorType> types{x.type()};
  check_error<std::logic_error>([&] { op->forward({}); }, "copies: the operator has neither a kernel nor a formula");
  const std::vector<Tensor> tensors{x};
  check_error<GradientError>(
      [&] {
        op->vjp({tensors, tensors, tensors}, 0);
      },
      "copies: has no derivative with respect to input 0; wrap the input in stop_gradient");
  BOOST_TEST(!op->row_axes(types));
  BOOST_TEST(!op->is_reshape());
  BOOST_TEST(!op->is_broadcast());
  BOOST_TEST(!op->attributes().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
