#include <xgrad/framework/core/dim.hpp>
#include <xgrad/framework/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <concepts>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();
const Dim width = Dim::symbol("width");
const Dim height = Dim::symbol("height");

}  // namespace

BOOST_AUTO_TEST_SUITE(dims)

BOOST_AUTO_TEST_CASE(integers_are_known_sizes) {
  BOOST_TEST(Dim(0).value() == 0);
  BOOST_TEST(Dim(most).value() == most);
  BOOST_TEST(Dim(std::uint8_t{7}).value() == 7);
  BOOST_TEST(Dim(std::size_t{7}).value() == 7);
  BOOST_TEST(Dim(7).is_known());
  BOOST_TEST(Dim(1).is_one());
  BOOST_TEST(!Dim(2).is_one());
  BOOST_TEST(!batch.is_one());
}

BOOST_AUTO_TEST_CASE(negative_and_huge_sizes_are_errors) {
  check_error<ShapeError>([] { Dim(-1); }, "a size must be 0 or more, but got -1");
  check_error<ShapeError>([] { Dim{std::numeric_limits<std::int64_t>::min()}; }, "-9223372036854775808");
  check_error<ShapeError>([] { Dim(std::size_t{0} - 1); }, "a size must be 0 or more");
}

BOOST_AUTO_TEST_CASE(fractions_are_no_sizes) {
  BOOST_TEST(!(std::convertible_to<double, Dim>));
  BOOST_TEST(!(std::convertible_to<float, Dim>));
  BOOST_TEST((std::convertible_to<int, Dim>));
}

BOOST_AUTO_TEST_CASE(symbols_are_told_apart_by_name) {
  BOOST_TEST((Dim::symbol("width") == width));
  BOOST_TEST((Dim::symbol("batch") == batch));
  BOOST_TEST(!(width == height));
  BOOST_TEST(!(width == Dim(1)));
  BOOST_TEST(!width.is_known());
  check_error<ValueError>([] { Dim::symbol(""); }, "a symbol needs a name");
}

BOOST_AUTO_TEST_CASE(batch_can_be_used_before_main) {
  static_assert(!batch.is_known());
  static_assert(Dim(3) == Dim(3));
}

BOOST_AUTO_TEST_CASE(the_value_of_a_symbol_is_not_known) {
  check_error<ShapeError>([] { (batch * 10).value(); }, "the size 10*batch is known only when a function is called");
}

BOOST_AUTO_TEST_CASE(products_do_not_depend_on_the_order) {
  BOOST_TEST((Dim(3) * Dim(4) == Dim(12)));
  BOOST_TEST((width * height == height * width));
  BOOST_TEST(((width * 2) * (height * 3) == Dim(6) * height * width));
  BOOST_TEST((width * (height * width) == (width * width) * height));
  BOOST_TEST(!(width * width == width));
}

BOOST_AUTO_TEST_CASE(products_with_0_are_0) {
  BOOST_TEST((batch * 0 == Dim(0)));
  BOOST_TEST((Dim(0) * (width * height) == Dim(0)));
  BOOST_TEST((batch * 0).is_known());
}

BOOST_AUTO_TEST_CASE(products_that_overflow_are_errors) {
  check_error<ShapeError>([] { Dim(most) * Dim(2); },
                          "9223372036854775807 * 2 elements are more than 64 bits can count");
  check_error<ShapeError>([] { (batch * most) * 2; }, "more than 64 bits");
  BOOST_TEST((Dim(most) * Dim(1) == Dim(most)));
}

BOOST_AUTO_TEST_CASE(quotients_are_exact_or_nothing) {
  BOOST_TEST((Dim(12).divided_by(4) == Dim(3)));
  BOOST_TEST((!Dim(12).divided_by(5)));
  BOOST_TEST(((batch * 12).divided_by(4) == batch * 3));
  BOOST_TEST(((batch * 12).divided_by(batch * 4) == Dim(3)));
  BOOST_TEST(((width * height * width).divided_by(width) == width * height));
  BOOST_TEST(((width * height).divided_by(width * height) == Dim(1)));
  BOOST_TEST((!batch.divided_by(2)));
  BOOST_TEST((!width.divided_by(height)));
  BOOST_TEST((!width.divided_by(width * width)));
  BOOST_TEST((!Dim(12).divided_by(batch)));
}

BOOST_AUTO_TEST_CASE(nothing_divides_by_0) {
  BOOST_TEST((!Dim(12).divided_by(0)));
  BOOST_TEST((!Dim(0).divided_by(0)));
  BOOST_TEST((!batch.divided_by(0)));
  BOOST_TEST((Dim(0).divided_by(5) == Dim(0)));
  // 0 / batch is 0 for every size of the batch but 0.
  BOOST_TEST((!Dim(0).divided_by(batch)));
}

BOOST_AUTO_TEST_CASE(text_is_the_product_as_written) {
  BOOST_TEST(Dim(0).to_string() == "0");
  BOOST_TEST(batch.to_string() == "batch");
  BOOST_TEST((batch * 10).to_string() == "10*batch");
  BOOST_TEST((batch * batch * 2).to_string() == "2*batch*batch");
}

BOOST_AUTO_TEST_CASE(threads_agree_on_symbols) {
  // Every thread makes the same symbols and products, in another order.
  constexpr int count = 200;
  std::vector<std::vector<Dim>> made(4, std::vector<Dim>(count, Dim(0)));
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < made.size(); ++thread) {
    threads.emplace_back([&, thread] {
      for (int step = 0; step < count; ++step) {
        const int index = (step + static_cast<int>(thread) * count / 4) % count;
        const auto symbol = Dim::symbol("thread_test_" + std::to_string(index));
        made[thread][static_cast<std::size_t>(index)] = *(symbol * batch * symbol).divided_by(batch);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<std::string> texts;
  for (std::size_t index = 0; index < count; ++index) {
    for (const auto& dims : made) BOOST_TEST((dims[index] == made[0][index]));
    texts.insert(made[0][index].to_string());
  }
  BOOST_TEST(texts.size() == std::size_t{count});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bindings)

BOOST_AUTO_TEST_CASE(a_bound_symbol_has_its_size_in_every_product) {
  Bindings sizes;
  BOOST_TEST(sizes.bind(batch, 32));
  BOOST_TEST(batch.value(sizes) == 32);
  BOOST_TEST((batch * 10).value(sizes) == 320);
  BOOST_TEST((batch * batch).value(sizes) == 1024);
  BOOST_TEST(Dim(7).value(sizes) == 7);
  check_error<ShapeError>([&] { (width * batch).value(sizes); }, "the size batch*width depends on a symbol");
}

BOOST_AUTO_TEST_CASE(products_are_solved_for_their_open_symbol) {
  Bindings sizes;
  BOOST_TEST(sizes.bind(width * 10, 30));
  BOOST_TEST(width.value(sizes) == 3);
  BOOST_TEST(sizes.bind(width * height, 12));
  BOOST_TEST(height.value(sizes) == 4);
}

BOOST_AUTO_TEST_CASE(contradictions_are_refused_and_change_nothing) {
  Bindings sizes;
  BOOST_TEST(sizes.bind(width, 3));
  const Bindings before = sizes;
  BOOST_TEST(!sizes.bind(width, 4));
  BOOST_TEST(!sizes.bind(width * 2, 8));
  BOOST_TEST(!sizes.bind(width * height, 10));
  BOOST_TEST(!sizes.bind(height * 10, 25));
  BOOST_TEST(!sizes.bind(Dim(5), 6));
  BOOST_TEST(!sizes.bind(height, -1));
  check_error<ShapeError>([&] { sizes.bind(height * batch, 6); }, "two open symbols");
  BOOST_TEST((sizes == before));
  BOOST_TEST(sizes.bind(width, 3));
  BOOST_TEST(sizes.bind(Dim(5), 5));
}

BOOST_AUTO_TEST_CASE(the_square_of_an_open_symbol_is_not_solved) {
  Bindings sizes;
  check_error<ShapeError>([&] { sizes.bind(width * width, 9); }, "two open symbols");
}

BOOST_AUTO_TEST_CASE(sizes_may_be_0) {
  Bindings sizes;
  BOOST_TEST(sizes.bind(batch, 0));
  BOOST_TEST(batch.value(sizes) == 0);
  BOOST_TEST((batch * 10).value(sizes) == 0);
  BOOST_TEST(sizes.bind(batch * 10, 0));
  BOOST_TEST(!sizes.bind(batch, 5));
  // 0 * width is 0 whatever the width: that is no contradiction, and width stays open.
  BOOST_TEST(sizes.bind(batch * width, 0));
  BOOST_TEST(!sizes.bind(batch * width, 6));
  BOOST_TEST(sizes.bind(width, 6));
}

BOOST_AUTO_TEST_CASE(sizes_that_overflow_are_errors) {
  Bindings sizes;
  BOOST_TEST(sizes.bind(batch, most));
  check_error<ShapeError>([&] { (batch * 2).value(sizes); }, "more than 64 bits");
  check_error<ShapeError>([&] { sizes.bind(batch * 2, 10); }, "more than 64 bits");
}

BOOST_AUTO_TEST_SUITE_END()
