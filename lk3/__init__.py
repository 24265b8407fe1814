"""LK3: spreadsheets of cases and members in, maps, charts and slides out.

The layers, top to bottom (each may import what stands below it, never above):
``ui | cli`` > ``reports`` > ``figures`` > ``disclosure`` > ``indicators`` > ``counts`` >
``dataset`` > ``store | intake | sample`` > ``places`` > ``tables``, ``vocabulary`` >
``language``, ``settings``, ``errors``.
"""
