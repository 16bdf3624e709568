#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/tensordot.hpp>

#include <cmath>
#include <string>

namespace xgrad {
namespace {

Rejection mixed_dtypes(std::string name, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {"mixed dtypes",
          [=] {
            function(input({2, 2}), input({2, 2}, {}, DType::float64));
          },
          name + ": expected both sides to be float32 or both float64, but got float32 and float64"};
}

/// A sample of two arguments; `expression` says the same as an einsum, for references.
Sample product_sample(std::string label, std::string expression, Extents left, Extents right,
                      Tensor (*function)(const Tensor&, const Tensor&)) {
  return {std::move(label),
          {sample_values(left), sample_values(right, -2, 2, 1)},
          [=](auto x) { return function(x[0], x[1]); },
          {{"expression", {expression.begin(), expression.end()}}}};
}

}  // namespace

static const RegisterSamples samples_of_tensordot{
    "tensordot",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, std::string expression, Extents left, Extents right,
                                   std::vector<std::int64_t> left_axes, std::vector<std::int64_t> right_axes) {
                auto sample = product_sample(std::move(label), std::move(expression), left, right, nullptr);
                sample.build = [=](auto x) { return tensordot(x[0], x[1], left_axes, right_axes); };
                samples.push_back(std::move(sample));
              };
              add("one pair", "ab,cb->ac", {2, 3}, {4, 3}, {1}, {-1});
              add("two pairs, crossed", "abc,dcb->ad", {2, 3, 2}, {3, 2, 3}, {1, 2}, {2, 1});
              add("no pair", "ab,c->abc", {2, 2}, {3}, {}, {});
              add("an axis in the middle", "abc,db->acd", {2, 3, 2}, {4, 3}, {1}, {1});
              add("one element", "ab,ab->", {1, 1}, {1, 1}, {0, 1}, {0, 1});
              add("no elements", "ab,cb->ac", {0, 3}, {2, 3}, {1}, {1});
              samples.push_back(product_sample("a number of axes", "abc,bcd->ad", {3, 2, 2}, {2, 2, 2},
                                               [](const Tensor& x, const Tensor& y) { return tensordot(x, y); }));
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"sizes that differ",
                   [] {
                     tensordot(input({2, 3}), input({4, 5}), {1}, {0});
                   },
                   "tensordot: the summed axes of shapes (2, 3) and (4, 5) have sizes (3,) and (4,)"},
                  {"lists of different length",
                   [] {
                     tensordot(input({2, 3}), input({3, 2}), {1}, {0, 1});
                   },
                   "have sizes (3,) and (3, 2)"},
                  {"an axis twice",
                   [] {
                     tensordot(input({2, 3}), input({3, 2}), {1, 1}, {0, 1});
                   },
                   "tensordot: axis"},
                  {"too many axes",
                   [] {
                     tensordot(input({2, 3}), input({3}), 2);
                   },
                   "tensordot: expected a number of axes from 0 to 1 for shapes (2, 3) and (3,), but got 2"},
                  mixed_dtypes("tensordot", [](const Tensor& x, const Tensor& y) { return tensordot(x, y); }),
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                               .value = {NAN},
                                               .gradient = {INFINITY, 1},
                                               .arguments = "1",
                                               .build = [](auto x) { return tensordot(x[0], x[1], 1); }}};
            },
    }};

static const RegisterSamples samples_of_inner{
    "inner",
    {
        .samples =
            [] {
              return std::vector{
                  product_sample("matrices", "ac,bc->ab", {2, 3}, {4, 3}, inner),
                  product_sample("vectors", "a,a->", {3}, {3}, inner),
                  product_sample("three axes and vector", "abc,c->ab", {2, 2, 3}, {3}, inner),
                  product_sample("a scalar", "ab,->ab", {2, 3}, {}, inner),
                  product_sample("one element", "a,a->", {1}, {1}, inner),
                  product_sample("no rows", "ac,bc->ab", {0, 3}, {2, 3}, inner),
              };
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"last axes that differ",
                   [] {
                     inner(input({batch, 3}), input({4, 2}));
                   },
                   "inner: the last axes of shapes (batch, 3) and (4, 2) must be equal"},
                  mixed_dtypes("inner", inner),
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                               .value = {NAN},
                                               .gradient = {INFINITY, 1},
                                               .build = [](auto x) { return inner(x[0], x[1]); }}};
            },
    }};

static const RegisterSamples samples_of_outer{
    "outer",
    {
        .samples =
            [] {
              return std::vector{
                  product_sample("matrix and vector", "ab,c->abc", {2, 2}, {3}, outer),
                  product_sample("vectors", "a,b->ab", {3}, {2}, outer),
                  product_sample("scalars", ",->", {}, {}, outer),
                  product_sample("one element", "a,b->ab", {1}, {1}, outer),
                  product_sample("no elements", "a,b->ab", {0}, {2}, outer),
              };
            },
        .rejections = [] { return std::vector{mixed_dtypes("outer", outer)}; },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 2})},
                                               .value = {NAN, 0, INFINITY, 2},
                                               .gradient = {INFINITY, INFINITY}}};
            },
    }};

static const RegisterSamples samples_of_vdot{
    "vdot",
    {
        .samples =
            [] {
              return std::vector{
                  product_sample("matrices", "ab,ab->", {2, 3}, {2, 3}, vdot),
                  product_sample("vectors", "a,a->", {3}, {3}, vdot),
                  product_sample("scalars", ",->", {}, {}, vdot),
                  product_sample("no elements", "a,a->", {0}, {0}, vdot),
              };
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"more elements on one side",
                   [] {
                     vdot(input({2, 3}), input({5}));
                   },
                   "vdot: shapes (2, 3) and (5,) must have equally many elements"},
                  mixed_dtypes("vdot", vdot),
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({INFINITY, 1})},
                                               .value = {NAN},
                                               .gradient = {INFINITY, 1},
                                               .build = [](auto x) { return vdot(x[0], x[1]); }}};
            },
    }};

}  // namespace xgrad
