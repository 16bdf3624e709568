#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>

namespace xgrad {

static const RegisterSamples samples_of_reshape{
    "reshape",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents from, std::function<Shape(const Shape&)> to) {
                samples.push_back(
                    {std::move(label), {sample_values(from)}, [=](auto x) { return reshape(x[0], to(x[0].shape())); }});
              };
              add("to (n, 3, 2)", {4, 6}, [](const Shape& from) { return Shape{from[0], 3, 2}; });
              add("to (n, infer_dim)", {4, 3, 2}, [](const Shape& from) { return Shape{from[0], infer_dim}; });
              add("to (infer_dim,)", {4, 3}, [](const Shape&) { return Shape{infer_dim}; });
              add("scalar to (1, 1)", {}, [](const Shape&) { return Shape{1, 1}; });
              add("one element to ()", {1}, [](const Shape&) { return Shape{}; });
              add("no elements to (n, 2, 3)", {0, 6}, [](const Shape& from) { return Shape{from[0], 2, 3}; });
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"another number of elements",
                   [] {
                     reshape(input({2, 3}), {4, 2});
                   },
                   "reshape: shape (2, 3) has 6 elements and cannot become (4, 2), which has 8"},
                  {"a symbol against a number",
                   [] {
                     reshape(input({batch, 3}), {6});
                   },
                   "reshape: shape (batch, 3) has 3*batch elements and cannot become (6,), which has 6"},
                  {"no size to infer",
                   [] {
                     reshape(input({2, 3}), {4, infer_dim});
                   },
                   "reshape: shape (2, 3) does not divide into (4, infer_dim)"},
                  {"two sizes to infer",
                   [] {
                     reshape(input({2, 3}), {infer_dim, infer_dim});
                   },
                   "reshape: expected -1 (infer_dim) once, but got it 2 times"},
              };
            },
    }};

static const RegisterSamples samples_of_flatten{
    "flatten",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              for (const Extents& shape : {Extents{2, 3, 4}, {5}, {2, 3}, {1, 1, 1}, {0, 2, 3}}) {
                samples.push_back({to_string(shape), {sample_values(shape)}, [](auto x) { return flatten(x[0]); }});
              }
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a scalar", [] { flatten(input({})); }, "flatten: expected at least one axis, but got a scalar"}};
            },
    }};

static const RegisterSamples samples_of_squeeze{
    "squeeze",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, Axes axes) {
                samples.push_back(
                    {std::move(label), {sample_values(shape)}, [=](auto x) { return squeeze(x[0], axes); }});
              };
              add("last axis", {3, 1}, -1);
              add("two axes", {1, 3, 1}, {0, 2});
              add("one element", {1, 1}, {});
              samples.push_back({"all of size 1", {sample_values({2, 1, 3, 1})}, [](auto x) { return squeeze(x[0]); }});
              add("no elements", {0, 1}, 1);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"an axis of another size",
                                             [] {
                                               squeeze(input({batch, 2}), 1);
                                             },
                                             "squeeze: expected axis 1 of shape (batch, 2) to have size 1, but got 2"}};
            },
    }};

}  // namespace xgrad
