#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Weights -> image.onnx, text.onnx, tokenizer.json, model.json, golden vectors, figures.

    python export.py --work work --out work      after train.py for v1 and v2

Every figure is taken on 224-pixel pictures through the exported interface (the 2x2 average
pool included), with seeds that training never used.
"""
import argparse
import datetime
import hashlib
import json
import os
import random
import warnings

import numpy as np

from model import DIM, MAX_LEN, MEAN, STD, DualEncoder, Tokenizer
import render as R
import torch
import torch.nn.functional as F
from train import T_MEAN, T_STD, edit_set, entails, eval_set, recall

GOLDEN_SEED = 31337
PREPROCESSING = {
    "convert": "RGB", "resize": {"shortest_edge": 224, "resample": "bicubic"},
    "center_crop": {"height": 224, "width": 224}, "rescale": 1 / 255,
    "mean": list(MEAN), "std": list(STD), "layout": "NCHW"}


def load(path):
    d = torch.load(path, map_location="cpu")
    m = DualEncoder(d["cfg"])
    m.load_state_dict(d["state"])
    return m.eval(), d


def sha256(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def dump(path, obj, **kw):
    with open(path, "w") as f:
        json.dump(obj, f, **kw)
        f.write("\n")


# ------------------------------------------------------------------------------- ONNX


def export_onnx(m, folder):
    import onnx
    os.makedirs(folder, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(m.image, (torch.randn(2, 3, 224, 224),), folder + "/image.onnx", dynamo=False,
                          opset_version=17, input_names=["pixel_values"], output_names=["image_embeds"],
                          dynamic_axes={"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}})
        ids = torch.randint(4, 80, (2, 9))
        torch.onnx.export(m.text, (ids, torch.ones_like(ids)), folder + "/text.onnx", dynamo=False,
                          opset_version=17, input_names=["input_ids", "attention_mask"],
                          output_names=["text_embeds"],
                          dynamic_axes={"input_ids": {0: "batch", 1: "sequence"},
                                        "attention_mask": {0: "batch", 1: "sequence"},
                                        "text_embeds": {0: "batch"}})
    for f in ("image.onnx", "text.onnx"):
        g = onnx.load(folder + "/" + f)
        onnx.checker.check_model(g)


# ------------------------------------------------------------------------- embeddings


def pixel_values(images):
    """PIL pictures -> pixel_values, as CLIP's processor does it."""
    from PIL import Image
    out = []
    for im in images:
        im = im.convert("RGB")
        w, h = im.size
        if (w, h) != (224, 224):
            w, h = (224, int(224 * h / w)) if w <= h else (int(224 * w / h), 224)
            im = im.resize((w, h), Image.Resampling.BICUBIC)
            x, y = (w - 224) // 2, (h - 224) // 2
            im = im.crop((x, y, x + 224, y + 224))
        out.append(np.asarray(im, dtype=np.float32).transpose(2, 0, 1) / 255)
    return (torch.from_numpy(np.stack(out)) - T_MEAN) / T_STD


@torch.no_grad()
def image_embeds(m, images):
    return torch.cat([m.image(pixel_values(images[i:i + 50])) for i in range(0, len(images), 50)])


@torch.no_grad()
def text_embeds(m, tok, texts):
    return torch.cat([m.text(*tok.batch([tok.encode(t) for t in texts[i:i + 100]]))
                      for i in range(0, len(texts), 100)])


def unit(z):
    return F.normalize(z, dim=-1)


def draw(scenes):
    return [R.render(s, 224, 4) for s in scenes]


# ------------------------------------------------------------------------- evaluation


class Bench:
    """The held-out test material, drawn once and shared by the models."""

    def __init__(self, sets=5):
        self.sets = {}
        for split in ("triple", "pair"):
            self.sets[split] = []
            for k in range(sets):
                scenes, caps = eval_set(split, 200, 90000 + k)
                self.sets[split].append((draw(scenes), caps))
        scenes, caps = eval_set("triple", 1000, 91000)
        self.thousand, self.thousand_caps, self.thousand_scenes = draw(scenes), caps, scenes
        # a held-out scene, its minimal edit, and a full caption of the scene: which picture is nearer?
        self.edits = {k: [(*draw(r[:2]), r[2]) for r in v] for k, v in edit_set(200, 92000).items()}

        # one object alone: which of the 108 colour-shape names is nearest?
        rng = random.Random(93000)
        self.single = {k: [] for k in ("train", "triple", "pair")}
        while any(len(v) < 300 for v in self.single.values()):
            spec = {"bg": rng.randrange(R.NC), "rel": None, "kinds": []}
            spec["kinds"] = [R._kind(rng, spec["bg"])]
            split = R.split_of(spec)
            if len(self.single[split]) < 300:
                k = spec["kinds"][0]
                self.single[split].append((R.render(R.layout(rng, spec), 224, 4), k["colour"] * R.NS + k["shape"]))

    def figures(self, m, tok):
        out = {}
        for split, key in (("triple", "heldout_colour_shape_background"), ("pair", "heldout_colour_shape")):
            rows = [recall(unit(text_embeds(m, tok, c)), unit(image_embeds(m, i))) for i, c in self.sets[split]]
            out[key] = {"gallery": 200, "sets": len(rows),
                        "mean": {k: round(float(np.mean([r[k] for r in rows])), 4) for k in rows[0]},
                        "min": {k: min(r[k] for r in rows) for k in rows[0]}}
        zi = unit(image_embeds(m, self.thousand))
        zt = unit(text_embeds(m, tok, self.thousand_caps))
        out["heldout_gallery_1000"] = recall(zt, zi)
        sim = zt @ zi.t()
        off = sim[~torch.eye(len(sim), dtype=torch.bool)]
        out["cosine"] = {"matching_mean": round(sim.diag().mean().item(), 4),
                         "matching_p05": round(sim.diag().quantile(0.05).item(), 4),
                         "other_mean": round(off.mean().item(), 4),
                         "other_p99": round(float(np.quantile(off.numpy(), 0.99)), 4)}
        out["short_queries"] = self.short_queries(m, tok, zi)
        names = unit(text_embeds(m, tok, ["a photo of " + R._a(c + " " + s) for c, _ in R.COLOURS for s in R.SHAPES]))
        keys = {"train": "seen", "triple": "heldout_colour_shape_background", "pair": "heldout_colour_shape"}
        out["naming_1_of_108"] = {}
        for split, rows in self.single.items():
            best = (unit(image_embeds(m, [r[0] for r in rows])) @ names.t()).argmax(1)
            right = best == torch.tensor([r[1] for r in rows])
            out["naming_1_of_108"][keys[split]] = round(right.float().mean().item(), 4)
        acc = {}
        for name, rows in sorted(self.edits.items()):
            a, b = (unit(image_embeds(m, [r[i] for r in rows])) for i in (0, 1))
            t = unit(text_embeds(m, tok, [r[2] for r in rows]))
            acc[name] = round(((t * a).sum(1) > (t * b).sum(1)).float().mean().item(), 4)
        out["two_way_minimal_edit"] = acc
        return out

    def short_queries(self, m, tok, zi):
        """Precision at 10 and average precision of short queries over the 1000 held-out scenes."""
        facts = [R.scene_facts(s) for s in self.thousand_scenes]
        groups = {"a {colour} {shape}": [("a photo of " + R._a(c + " " + s), {R.F_CS + R._cs(i, j)})
                                         for i, (c, _) in enumerate(R.COLOURS) for j, s in enumerate(R.SHAPES)],
                  "{shape}s": [(R.PLURALS[s], {R.F_S + j}) for j, s in enumerate(R.SHAPES)],
                  "a {colour} background": [(R._a(c) + " background", {R.F_BG + i})
                                            for i, (c, _) in enumerate(R.COLOURS)],
                  "two {shape}s": [("two " + R.PLURALS[s], {R.F_NS + 2 * R.NS + j}) for j, s in enumerate(R.SHAPES)]}
        out = {}
        for name, qs in groups.items():
            holds = entails([f for _, f in qs], facts)
            order = (unit(text_embeds(m, tok, [t for t, _ in qs])) @ zi.t()).argsort(dim=1, descending=True).numpy()
            p10, ap = [], []
            for h, o in zip(holds, order):
                if h.sum() == 0:
                    continue
                r = h[o]
                k = min(10, int(h.sum()))
                p10.append(r[:k].mean())
                ap.append((np.cumsum(r)[r] / (np.nonzero(r)[0] + 1)).mean())
            out[name] = {"queries": len(p10), "precision_at_10": round(float(np.mean(p10)), 4),
                         "mean_average_precision": round(float(np.mean(ap)), 4)}
        return out


# ----------------------------------------------------------------------------- golden


def golden_material():
    """20 pictures and 20 texts (fixed by GOLDEN_SEED), and 4 pictures of other sizes."""
    from PIL import Image
    rng = random.Random(GOLDEN_SEED)
    scenes = [R.sample_scene(rng, "train" if i < 10 else "triple" if i < 16 else "pair") for i in range(20)]
    texts = [R.full_caption(rng, s, p_size=0.8, p_bg=1.0)[0] for s in scenes[:14]]
    texts += ["a photo of a red circle", "blue squares", "Show me TWO Red Stars, please!", "caf\u00e9 \u2014 gr\u00e8y heart",
              "", "a red circle and " * 30 + "a blue square"]
    odd = []
    for w, h in ((448, 448), (320, 240), (300, 500), (150, 112)):
        s = R.sample_scene(rng, "train")
        side = min(w, h)
        im = Image.new("RGB", (w, h), tuple(s["bg_rgb"]))
        im.paste(R.render(s, side, 4), ((w - side) // 2, (h - side) // 2))
        odd.append((im, s))
    return scenes, draw(scenes), texts, odd


def write_golden(out, tok, models):
    folder = out + "/golden"
    os.makedirs(folder + "/images", exist_ok=True)
    scenes, images, texts, odd = golden_material()
    pics = []
    for i, (im, s) in enumerate(zip(images, scenes)):
        name = f"images/{i:02d}.png"
        im.save(f"{folder}/{name}", optimize=True)
        pics.append({"file": name, "split": R.split_of(s), "scene": s})
    for i, (im, s) in enumerate(odd):
        name = f"images/size{i}_{im.size[0]}x{im.size[1]}.png"
        im.save(f"{folder}/{name}", optimize=True)
        pics.append({"file": name, "split": R.split_of(s), "scene": s})
    px = pixel_values(images[:1])[0]
    cases = {"seed": GOLDEN_SEED,
             "images": pics[:20], "resized_images": pics[20:],
             "pixel_values_of_first_image": [{"channel": c, "y": y, "x": x, "value": round(px[c, y, x].item(), 6)}
                                             for c in range(3) for y, x in ((0, 0), (56, 112), (112, 112), (150, 60))],
             "texts": [{"text": t, "caption_of": i if i < 14 else None, "input_ids": tok.encode(t)}
                       for i, t in enumerate(texts)]}
    dump(folder + "/cases.json", cases, indent=1)

    def rows(z):
        return [[float(f"{v:.7g}") for v in r] for r in z.tolist()]

    for key, (m, d) in models.items():
        with torch.no_grad():
            # one row at a time: no padding, as a caller with a single text would do it
            zt = torch.cat([m.text(*tok.batch([tok.encode(t)])) for t in texts])
        g = {"model": d["cfg"]["name"], "version": d["cfg"]["version"],
             "image_onnx_sha256": sha256(f"{out}/{d['cfg']['name']}/image.onnx"),
             "text_onnx_sha256": sha256(f"{out}/{d['cfg']['name']}/text.onnx"),
             "note": "raw outputs, not L2-normalised; 20 images, 4 resized images (PIL bicubic), 20 texts of cases.json",
             "tolerance": {"image_embeds_abs": 1e-4, "text_embeds_abs": 1e-4, "resized_min_cosine": 0.98},
             "image_embeds": rows(image_embeds(m, images)),
             "resized_image_embeds": rows(image_embeds(m, [im for im, _ in odd])),
             "text_embeds": rows(zt)}
        dump(f"{folder}/{d['cfg']['name']}.json", g)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--work", default="work")
    ap.add_argument("--out", default="work")
    ap.add_argument("--models", default="v1,v2")
    a = ap.parse_args()
    torch.set_num_threads(2)
    tok = Tokenizer()
    models = {k: load(f"{a.work}/{k}.pt") for k in a.models.split(",")}
    bench = Bench()
    figures = {}
    for k, (m, d) in models.items():
        cfg = d["cfg"]
        folder = f"{a.out}/{cfg['name']}"
        export_onnx(m, folder)
        dump(folder + "/tokenizer.json", tok.json(), indent=1)
        figures[k] = bench.figures(m, tok)
        print(k, json.dumps(figures[k], indent=1), flush=True)

        def entry(f):
            return {"file": f, "bytes": os.path.getsize(f"{folder}/{f}"), "sha256": sha256(f"{folder}/{f}")}

        dump(folder + "/model.json", {
            "format": 1, "name": cfg["name"], "version": cfg["version"], "kind": "dual-encoder",
            "sample": True, "licence": "Apache-2.0",
            "description": "A SAMPLE dual encoder with the interface of a Hugging Face CLIP ONNX export. It knows "
                           "drawn coloured shapes and the closed vocabulary of their captions, and nothing else: "
                           "for demonstrations and tests, not for photographs or free text.",
            "dimension": DIM, "dtype": "float32", "normalized": False, "metric": "cosine",
            "logit_scale": round(m.logit_scale.clamp(max=np.log(100)).exp().item(), 4),
            "image": {**entry("image.onnx"), "parameters": d["image_params"],
                      "inputs": [{"name": "pixel_values", "type": "float32", "shape": ["batch", 3, 224, 224]}],
                      "outputs": [{"name": "image_embeds", "type": "float32", "shape": ["batch", DIM]}],
                      "preprocessing": PREPROCESSING},
            "text": {**entry("text.onnx"), "parameters": d["text_params"],
                     "inputs": [{"name": n, "type": "int64", "shape": ["batch", "sequence"]}
                                for n in ("input_ids", "attention_mask")],
                     "outputs": [{"name": "text_embeds", "type": "float32", "shape": ["batch", DIM]}],
                     "max_tokens": MAX_LEN,
                     "tokenizer": {**entry("tokenizer.json"), "type": "WordLevel", "vocabulary": len(tok.words),
                                   "lowercase": True, "pad_id": tok.pad, "unk_id": tok.unk, "cls_id": tok.cls,
                                   "sep_id": tok.sep}},
            "opset": 17,
            "training": {"data": "Shapes World: scenes of 1-3 coloured shapes drawn by render.py and captions of its "
                                 "grammar, generated on the fly from the seed (GRAMMAR.md); no outside data",
                         "loss": "symmetric InfoNCE, learnt temperature from 0.07; every batch is made of groups of a scene "
                                 "and three minimal edits of it; captions that also hold of another scene are masked as "
                                 "negatives. Before it each tower is warmed up alone, and during its first 70 % two "
                                 "supervised helper losses fade out (train.py, Aux); they are not exported",
                         "heldout": "colour x shape x background triples with (7c+5s+3b) mod 11 = 4 and colour x shape "
                                    "pairs with (c+5s) mod 12 = 8 never occur in training",
                         "seed": cfg["seed"], "steps": d["steps_done"], "batch": cfg["batch"],
                         "warm_up": {"text_steps": cfg["text_steps"], "image_steps": cfg["warm_steps"],
                                     "image_batch": cfg["warm_batch"]},
                         "pairs_seen": d["pairs_seen"], "cpu_minutes": round(d["cpu_minutes"], 1),
                         "image_widths": cfg["image_widths"], "text_width": cfg["text_width"],
                         "torch": torch.__version__},
            "evaluation": figures[k]}, indent=1)
    write_golden(a.out, tok, models)
    if len(models) == 2:
        cross = {}
        (m1, _), (m2, _) = models.values()
        k1, k2 = models
        for name, mt, mi in ((f"{k1} text, {k2} images", m1, m2), (f"{k2} text, {k1} images", m2, m1)):
            rows = [recall(unit(text_embeds(mt, tok, c)), unit(image_embeds(mi, i))) for i, c in bench.sets["triple"]]
            cross[name] = {k: round(float(np.mean([r[k] for r in rows])), 4) for k in rows[0]}
        imgs = bench.sets["triple"][0][0]
        z1, z2 = unit(image_embeds(m1, imgs)), unit(image_embeds(m2, imgs))
        cross["same picture, v1 vs v2: cosine mean and largest magnitude"] = [
            round((z1 * z2).sum(1).mean().item(), 4), round((z1 * z2).sum(1).abs().max().item(), 4)]
        cross["chance"] = {"r@1": 0.005, "r@5": 0.025}
        figures["cross"] = cross
        print("cross", json.dumps(cross, indent=1))
    dump(f"{a.out}/figures.json", figures, indent=1)


if __name__ == "__main__":
    main()
